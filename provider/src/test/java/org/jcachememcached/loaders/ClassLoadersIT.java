package org.jcachememcached.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that is gone leaves nothing behind that holds its class loader. */
class ClassLoadersIT {

  private static final List<String> OPTIONS =
      List.of("-XX:SoftRefLRUPolicyMSPerMB=0", "-Djava.net.preferIPv4Stack=true");

  @ParameterizedTest
  @CsvSource({"shared, closes", "shared, forgets", "own, closes"})
  void theLoaderIsFreeWithEntriesInThisJvm(String provider, String end) {
    assertThat(fateOf(provider, end, "memory:tenant")).isEqualTo("collected");
  }

  @ParameterizedTest
  @CsvSource({"shared, closes", "shared, forgets", "own, closes"})
  void theLoaderIsFreeWithEntriesInMemcached(String provider, String end) {
    try (MemcachedServer server = MemcachedServer.start()) {
      String uri = "memcached://" + server.address() + "/tenant?timeout=10s";
      assertThat(fateOf(provider, end, uri)).isEqualTo("collected");
    }
  }

  private static String fateOf(String... arguments) {
    try (ChildJvm jvm = ChildJvm.start(OPTIONS, Map.of(), TenantJvm.class, arguments)) {
      String fate = jvm.readLine();
      jvm.awaitEnd();
      return fate;
    }
  }
}
