package org.jcachememcached.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** PHP finds keys that belong together by the key of their server. */
class AffinityIT {

  private static final String SCRIPT =
      """
      $client = new Memcached();
      $client->setOption(Memcached::OPT_LIBKETAMA_COMPATIBLE, true);
      foreach (array_slice($argv, 1) as $server) {
          [$host, $port] = explode(':', $server);
          $client->addServer($host, (int) $port, 1);
      }
      for ($i = 0; $i < 20; $i++) {
          echo $client->getByKey("user$i", "cart:{user$i}:items"), ' ';
          $client->setByKey("user$i", "cart:{user$i}:php", "php$i");
      }
      """;

  @Test
  void phpNamesWhatIsInBracesAsTheServerKey() throws IOException {
    Client.PHP_MEMCACHED.requireInstalled();
    List<MemcachedServer> servers = Stream.generate(MemcachedServer::start).limit(3).toList();
    List<String> addresses = servers.stream().map(MemcachedServer::address).toList();
    URI uri =
        URI.create(
            "memcached://" + String.join(",", addresses) + "/?timeout=10s&key.affinity=braces");
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<String, String> carts =
          provider
              .getCacheManager(uri, null)
              .createCache(
                  "carts",
                  new MemcachedConfiguration<String, String>()
                      .setTypes(String.class, String.class)
                      .setCodec("string")
                      .setKeyStrategy(KeyStrategy.STRING)
                      .setKeyPrefix("cart:"));
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        carts.put("{user" + i + "}:items", "java" + i);
        expected.append("java").append(i).append(' ');
      }

      assertThat(php(addresses)).isEqualTo(expected.toString());

      for (int i = 0; i < 20; i++) {
        assertThat(carts.get("{user" + i + "}:php")).isEqualTo("php" + i);
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static String php(List<String> addresses) throws IOException {
    List<String> command = new ArrayList<>(List.of("php", "-r", SCRIPT, "--"));
    command.addAll(addresses);
    Process php = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(php.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
