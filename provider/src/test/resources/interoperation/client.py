"""Carries out lines of commands with a memcached client of Python, one answer per line.

usage: client.py pymemcache|pylibmc|memcache host:port:weight...

  set <key> <lifetime in s, or 0> text|int|bytes|compressed <value in hex>    -> ok
  get <key>     -> text|int|bytes <value in hex>, none
  incr <key>    -> int <value in hex>
  append <key> <text in hex>          -> ok
  touch <key> <lifetime in s>         -> ok
"""

import sys

COMPRESSED = 100  # bytes from which on the clients compress


class Pymemcache:
    def __init__(self, servers):
        from pymemcache.client.base import Client
        from pymemcache.serde import pickle_serde

        host, port, _ = servers[0].split(":")
        self.client = Client((host, int(port)), serde=pickle_serde)

    def set(self, key, value, lifetime, compressed):
        if compressed:
            raise ValueError("pymemcache does not compress")
        return self.client.set(key, value, expire=lifetime, noreply=False)

    def get(self, key):
        return self.client.get(key)

    def incr(self, key):
        return self.client.incr(key, 1)

    def append(self, key, text):
        return self.client.append(key, text, noreply=False)

    def touch(self, key, lifetime):
        return self.client.touch(key, lifetime, noreply=False)


class Pylibmc:
    def __init__(self, servers):
        import pylibmc

        self.client = pylibmc.Client(servers, behaviors={"ketama_weighted": True})

    def set(self, key, value, lifetime, compressed):
        least = COMPRESSED if compressed else 0
        return self.client.set(key, value, time=lifetime, min_compress_len=least)

    def get(self, key):
        return self.client.get(key)

    def incr(self, key):
        return self.client.incr(key)

    def append(self, key, text):
        return self.client.append(key, text)

    def touch(self, key, lifetime):
        return self.client.touch(key, lifetime)


class Memcache:
    def __init__(self, servers):
        import memcache

        self.client = memcache.Client([server.rsplit(":", 1)[0] for server in servers])

    def set(self, key, value, lifetime, compressed):
        least = COMPRESSED if compressed else 0
        return self.client.set(key, value, time=lifetime, min_compress_len=least)

    def get(self, key):
        return self.client.get(key)

    def incr(self, key):
        return self.client.incr(key)

    def append(self, key, text):
        return self.client.append(key, text)

    def touch(self, key, lifetime):
        return self.client.touch(key, lifetime)


def parse(kind, data):
    if kind == "int":
        return int(data)
    return data if kind == "bytes" else data.decode("utf-8")


def describe(value):
    if value is None:
        return "none"
    if isinstance(value, bytes):
        return "bytes " + value.hex()
    kind = "int" if type(value) is int else "text" if type(value) is str else type(value).__name__
    return kind + " " + str(value).encode("utf-8").hex()


def carry_out(client, command, key, lifetime=0, kind=None, value=""):
    if command == "set":
        data = parse(kind, bytes.fromhex(value))
        stored = client.set(key, data, int(lifetime), kind == "compressed")
        return "ok" if stored else "failed"
    if command == "append":
        # The first argument stands where set has the lifetime.
        return "ok" if client.append(key, bytes.fromhex(lifetime).decode("utf-8")) else "failed"
    if command == "touch":
        return "ok" if client.touch(key, int(lifetime)) else "failed"
    return describe(client.get(key) if command == "get" else client.incr(key))


def main(name, servers):
    client = {"pymemcache": Pymemcache, "pylibmc": Pylibmc, "memcache": Memcache}[name](servers)
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            print(carry_out(client, *line.split()), flush=True)
        except Exception as e:
            print("failed", type(e).__name__, flush=True)


main(sys.argv[1], sys.argv[2:])
