package org.jcachememcached;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * What an application in another JVM does with a cache, on command: a command a line on its
 * standard input, an answer a line on its standard output. Its argument is the URI of the manager;
 * without one it takes the default.
 */
final class RemoteCache {

  static final String NAME = "shared";

  private RemoteCache() {}

  static Cache<String, String> create(CacheManager manager) {
    return manager.createCache(
        NAME, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  public static void main(String[] arguments) throws IOException {
    URI uri = arguments.length == 0 ? null : URI.create(arguments[0]);
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager(uri, null);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Cache<String, String> cache = create(manager);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(answer(manager, cache, line.split(" ", -1)));
      }
    }
  }

  private static String answer(CacheManager manager, Cache<String, String> cache, String[] words) {
    return switch (words[0]) {
      case "uri" -> manager.getURI().toString();
      case "get" -> String.valueOf(cache.get(words[1]));
      case "put" -> done(() -> cache.put(words[1], words[2]));
      case "destroy" -> done(() -> manager.destroyCache(NAME));
      case "close" -> done(cache::close);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String done(Runnable command) {
    command.run();
    return "done";
  }
}
