package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.junit.jupiter.api.Test;

class NodeOptionsTest {

  @Test
  void followTheSettings() {
    Properties properties = new Properties();
    properties.setProperty("memcached.timeout", "2s");
    properties.setProperty("memcached.connections", "7");
    properties.setProperty("memcached.scan.timeout", "7s");
    properties.setProperty("memcached.max.requests", "3");
    properties.setProperty("memcached.max.bytes", "4MiB");
    properties.setProperty("memcached.max.invalidations", "5");
    properties.setProperty("memcached.username", "app");
    properties.setProperty("memcached.password", "secret");

    assertThat(DefaultOptions.of(properties))
        .isEqualTo(
            new NodeOptions(
                Duration.ofSeconds(2),
                7,
                Duration.ofSeconds(7),
                3,
                4 << 20,
                5,
                new Credentials("app", "secret"),
                null));
  }
}
