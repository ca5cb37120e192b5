<?php
// Carries out lines of commands with PHP's extension memcached, one answer per line.
//
// usage: client.php memcached host:port:weight...
//
//   set <key> <lifetime in s, or 0> text|int|bytes|json|compressed <value in hex>    -> ok
//   get <key>     -> text|int|json <value in hex>, none
//   incr <key>    -> int <value in hex>
//   append <key> <text in hex>          -> ok
//   touch <key> <lifetime in s>         -> ok

function connect(array $servers): Memcached
{
    $client = new Memcached();
    $client->setOption(Memcached::OPT_LIBKETAMA_COMPATIBLE, true);
    $client->setOption(Memcached::OPT_SERIALIZER, Memcached::SERIALIZER_JSON);
    $client->setOption(Memcached::OPT_COMPRESSION_TYPE, Memcached::COMPRESSION_ZLIB);
    foreach ($servers as $server) {
        [$host, $port, $weight] = explode(':', $server);
        $client->addServer($host, (int) $port, (int) $weight);
    }
    return $client;
}

function parse(string $kind, string $data): mixed
{
    return match ($kind) {
        'int' => (int) $data,
        'json' => json_decode($data),
        default => $data,
    };
}

function describe(mixed $value): string
{
    return match (true) {
        is_int($value) => 'int ' . bin2hex((string) $value),
        is_string($value) => 'text ' . bin2hex($value),
        default => 'json ' . bin2hex(json_encode($value)),
    };
}

function carryOut(Memcached $client, array $words): string
{
    [$command, $key] = $words;
    if ($command === 'set') {
        [, , $lifetime, $kind] = $words;
        $client->setOption(Memcached::OPT_COMPRESSION, $kind === 'compressed');
        $stored = $client->set($key, parse($kind, hex2bin($words[4] ?? '')), (int) $lifetime);
        return $stored ? 'ok' : 'failed ' . $client->getResultMessage();
    }
    if ($command === 'append' || $command === 'touch') {
        $client->setOption(Memcached::OPT_COMPRESSION, false);
        $done = $command === 'append'
            ? $client->append($key, hex2bin($words[2]))
            : $client->touch($key, (int) $words[2]);
        return $done ? 'ok' : 'failed ' . $client->getResultMessage();
    }
    $value = $command === 'get' ? $client->get($key) : $client->increment($key);
    return match ($client->getResultCode()) {
        Memcached::RES_SUCCESS => describe($value),
        Memcached::RES_NOTFOUND => 'none',
        default => 'failed ' . $client->getResultMessage(),
    };
}

$client = connect(array_slice($argv, 2));
echo "ready\n";
while (($line = fgets(STDIN)) !== false) {
    echo carryOut($client, explode(' ', trim($line))), "\n";
}
