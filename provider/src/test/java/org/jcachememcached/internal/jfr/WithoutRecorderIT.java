package org.jcachememcached.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.testing.ChildJvm;
import org.junit.jupiter.api.Test;

/** A JVM without the flight recorder has caches all the same. */
class WithoutRecorderIT {

  /** Uses a cache and prints what it has found. */
  static final class Application {

    private Application() {}

    public static void main(String... arguments) {
      try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
        Cache<String, String> users =
            provider
                .getCacheManager(URI.create("memory:/shop"), null)
                .createCache("users", new MutableConfiguration<>());
        users.put("ada", "Lovelace");
        users.invoke("ada", (entry, values) -> entry.exists());
        System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        System.out.println(users.get("ada") + " " + FlightRecorder.recordsCalls());
      }
    }
  }

  @Test
  void hasCaches() {
    List<String> modules =
        List.of("--limit-modules", "java.base,java.management,java.xml,java.logging,jdk.unsupported");
    try (ChildJvm jvm = ChildJvm.start(modules, Map.of(), Application.class)) {
      assertThat(jvm.awaitEnd()).containsExactly("false", "Lovelace false");
    }
  }
}
