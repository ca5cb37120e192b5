package org.jcachememcached;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jcachememcached.api.ServersMXBean;

/**
 * A JVM with a cache of {@link ChangingCaches}, which learns of a change of the servers by a line
 * that it is sent. The lines are {@code change <servers>}, {@code put <value>} and {@code values};
 * it answers each with one.
 */
final class LateMember {

  private LateMember() {}

  /**
   * Opens the cache, and answers until its input ends.
   *
   * @param arguments the servers, and how long the former ones are asked after a change
   */
  public static void main(String[] arguments) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("memcached.servers", arguments[0]);
    properties.setProperty("memcached.topology.warmup", arguments[1]);
    properties.setProperty("memcached.timeout", "10s");
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      MemcachedCacheManager manager =
          provider
              .getCacheManager(URI.create("memcached:/topology"), null, properties)
              .unwrap(MemcachedCacheManager.class);
      MemcachedCache<String, String> cache = ChangingCaches.cache(manager);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(answer(manager, cache, line));
      }
    }
  }

  private static String answer(
      MemcachedCacheManager manager, MemcachedCache<String, String> cache, String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "change" -> manager.unwrap(ServersMXBean.class).changeServers(words[1]);
      case "put" -> ChangingCaches.putAll(cache, words[1]);
      default -> {
        return String.join(" ", ChangingCaches.values(cache));
      }
    }
    return "done";
  }
}
