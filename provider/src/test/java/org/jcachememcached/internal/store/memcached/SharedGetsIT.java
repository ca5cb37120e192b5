package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.TextClient;
import org.junit.jupiter.api.Test;

/** Which connection gets are sent on, as the server sees it. */
class SharedGetsIT {

  private static final int KEYS = 40;

  @Test
  void getsOfAllKeysTravelOnOneConnection() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server);
        TextClient watcher = new TextClient(server.socketAddress())) {
      assertThat(watcher.command("watch fetchers")).isEqualTo("OK");

      await().untilAsserted(() -> assertThat(connectionsOfGets(store, watcher)).hasSize(1));
    }
  }

  private static Set<String> connectionsOfGets(MemcachedStore store, TextClient watcher) {
    Set<String> connections = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      Reply reply = store.send(List.of(new Command.Get("key" + i))).join().get(0);
      assertThat(reply).isEqualTo(Reply.ABSENT);
      connections.add(watcher.readLine().replaceFirst(".* cfd=(\\d+).*", "$1"));
    }
    return connections;
  }

  private static MemcachedStore open(MemcachedServer server) {
    List<Server> servers = List.of(new Server(server.host(), server.port(), 1));
    return new MemcachedStore(
        servers, DefaultOptions.withTimeout(Duration.ofSeconds(10)), InstantSource.system());
  }
}
