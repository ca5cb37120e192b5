package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Patience.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server at a Unix socket that is down, hangs or returns is treated as one at a TCP port. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnixSocketIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(20);

  private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();

  @TempDir private Path directory;

  private Path socket;

  @BeforeEach
  void nameSocket() {
    socket = directory.resolve("memcached.sock");
  }

  @Test
  void isTriedUntilTheSocketIsThere() {
    try (MemcachedStore store = open(TIMEOUT)) {
      assertUnreachable(store);

      try (MemcachedServer server = MemcachedServer.startAt(socket)) {
        awaitDone(store);
        assertThat(server.command("mg a")).isEqualTo("HD");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isConnectedToAgainWhenTheSocketIsReplaced(boolean atOnce) throws Exception {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(TIMEOUT)) {
      awaitDone(store);
      if (atOnce) {
        server.kill();
      } else {
        server.stop();
      }
      await().until(() -> reply(store, new Command.Get("a")).status() == Status.FAILED);
      assertUnreachable(store);

      Files.deleteIfExists(socket);
      server.restart();
      awaitDone(store);
      assertThat(store.nodes().get(0).getReconnects()).isEqualTo(1);
    }
  }

  @Test
  void carriesOutNothingOldAfterItHung() {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(TIMEOUT)) {
      awaitDone(store);
      NodeMXBean node = store.nodes().get(0);
      await().until(() -> node.getOpenConnections() == 4);
      server.suspend();

      assertThat(failure(store, set()).reason()).isEqualTo(Reason.TIMEOUT);
      store.invalidate("a", List.of("a"));
      server.resume();

      await().until(() -> node.getState().equals("READY"));
      assertThat(reply(store, new Command.Get("a")).status()).isEqualTo(Status.ABSENT);
      assertThat(node.getReplayedInvalidations()).isEqualTo(1);
    }
  }

  @Test
  void isNotScannedWhileItHangs() {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(TIMEOUT)) {
      awaitDone(store);
      server.suspend();
      try (KeyScan scan = store.scan("")) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> scan.nextPage(1))
            .withMessageContaining(server.address() + " did not answer within 500 ms")
            .extracting(StoreException::reason)
            .isEqualTo(Reason.TIMEOUT);
      }
      server.resume();
    }
  }

  @Test
  void isNotWaitedForByAScanThatIsClosed() {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(LONG_TIMEOUT)) {
      awaitDone(store);
      server.suspend();
      long before = System.nanoTime();
      KeyScan scan = store.scan("");
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(
              scan::close, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> scan.nextPage(1));
      closed.join();

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isLessThan(LONG_TIMEOUT.dividedBy(2));
      server.resume();
    }
  }

  @Test
  void isNotScannedWhenTheSocketIsGone() {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(TIMEOUT)) {
      awaitDone(store);
      server.stop();

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.scan("").nextPage(1))
          .withMessageContaining(server.address())
          .extracting(StoreException::reason)
          .isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void hasAnMBean() throws JMException {
    try (MemcachedServer server = MemcachedServer.startAt(socket);
        MemcachedStore store = open(TIMEOUT)) {
      awaitDone(store);
      String name = "\"unix:%s\"".formatted(socket);
      Set<ObjectName> names =
          mbeans.queryNames(
              new ObjectName("org.jcachememcached:type=Node,node=" + name + ",*"), null);

      assertThat(names)
          .extracting(ObjectName::getCanonicalName)
          .containsExactly("org.jcachememcached:node=%1$s,servers=%1$s,type=Node".formatted(name));
      NodeMXBean bean = JMX.newMXBeanProxy(mbeans, names.iterator().next(), NodeMXBean.class);
      assertThat(bean.getServer()).isEqualTo(server.address());
      assertThat(bean.getState()).isEqualTo("READY");
      assertThat(bean.getItems()).isEqualTo(1);
    }
  }

  private MemcachedStore open(Duration timeout) {
    return new MemcachedStore(
        List.of(new Server(new UnixSocket(socket.toString()), 1)),
        DefaultOptions.withTimeout(timeout),
        InstantSource.system());
  }

  private void assertUnreachable(MemcachedStore store) {
    await()
        .untilAsserted(
            () -> {
              StoreException failure = failure(store, new Command.Get("a"));
              assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
              assertThat(failure)
                  .hasMessage("memcached at unix:%s cannot be reached (setting 'servers')", socket);
            });
  }

  private static void awaitDone(MemcachedStore store) {
    await().untilAsserted(() -> assertThat(reply(store, set())).isEqualTo(Reply.DONE));
  }

  private static StoreException failure(MemcachedStore store, Command command) {
    return Objects.requireNonNull(reply(store, command).failure());
  }

  private static Reply reply(MemcachedStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static Command.Set set() {
    return new Command.Set("a", new Item(0, new byte[] {1}, Item.FOREVER));
  }
}
