package org.jcachememcached.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class MemcachedServerIT {

  @Test
  void answersWithItsOptionsUntilItIsStopped() {
    try (MemcachedServer server = MemcachedServer.start("-I", "2m")) {
      assertThat(server.stats("settings")).containsEntry("item_size_max", "2097152");
      server.stop();
      assertThatThrownBy(() -> server.command("version"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(server.port()));
    }
  }

  @Test
  void comesBackEmptyOnTheSamePort() {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertThat(server.command("set a 0 0 1\r\nx")).isEqualTo("STORED");
      int port = server.port();
      server.restart();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.command("mg a v")).isEqualTo("EN");
    }
  }
}
