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

/**
 * What a cache does where nothing is recorded: in a JVM without the flight recorder, and with it.
 */
class WithoutRecorderIT {

  /** Prints whether the flight recorder has started because of a cache. */
  static final class Unrecorded {

    private Unrecorded() {}

    public static void main(String... arguments) {
      Application.main();
      System.out.println(jdk.jfr.FlightRecorder.isInitialized());
    }
  }

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

  /** To start it takes as long as many first calls. */
  @Test
  void theRecorderIsNotStarted() {
    try (ChildJvm jvm = ChildJvm.start(Unrecorded.class)) {
      assertThat(jvm.awaitEnd()).containsExactly("true", "Lovelace false", "false");
    }
  }

  @Test
  void aJvmWithoutItHasCaches() {
    List<String> modules =
        List.of(
            "--limit-modules", "java.base,java.management,java.xml,java.logging,jdk.unsupported");
    try (ChildJvm jvm = ChildJvm.start(modules, Map.of(), Application.class)) {
      assertThat(jvm.awaitEnd()).containsExactly("false", "Lovelace false");
    }
  }
}
