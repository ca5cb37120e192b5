package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a listing of keys ends with a clear failure, and soon, whatever the server does. */
class ScanFaultsIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration SCAN_TIMEOUT = Duration.ofSeconds(3);

  /** Where no call is to time out. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(strings = {"key=a", "k", "key=%"})
  void refusesLineWithoutEnd(String beginning) {
    try (ScriptedServer server = ScriptedServer.start((line, out) -> endless(beginning, out));
        MemcachedStore store = open(server.server(), LONG_TIMEOUT, LONG_TIMEOUT)) {
      StoreException failure = failureOf(store);

      assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
      assertThat(failure).hasMessageContaining("line of over").hasMessageContaining("127.0.0.1");
    }
  }

  private static void endless(String beginning, OutputStream out) throws IOException {
    while (true) {
      out.write(beginning.repeat(1000).getBytes(US_ASCII));
    }
  }

  @Test
  void refusesKeyThatNoServerHas() {
    String line = "key=" + "k".repeat(Command.MAX_KEY_LENGTH + 1) + " exp=-1";
    try (ScriptedServer server =
            ScriptedServer.start((question, out) -> ScriptedServer.write(out, line, "END"));
        MemcachedStore store = open(server.server(), LONG_TIMEOUT, LONG_TIMEOUT)) {
      assertThat(failureOf(store).reason()).isEqualTo(Reason.PROTOCOL);
    }
  }

  @Test
  void waitsForSilentServerThatAnswersOthersAsLongAsItsSettingSays() {
    undisturbed(ScanFaultsIT::assertThatSilentServerIsWaitedFor);
  }

  private static void assertThatSilentServerIsWaitedFor() {
    try (ScriptedServer server = ScriptedServer.start(ScanFaultsIT::neverEnd);
        MemcachedStore store = open(server.server(), TIMEOUT, SCAN_TIMEOUT)) {
      long begun = System.nanoTime();
      StoreException failure = failureOf(store);

      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(failure).hasMessageContaining("'scan.timeout'");
      assertThat(elapsed(begun)).isGreaterThanOrEqualTo(SCAN_TIMEOUT);
    }
  }

  @Test
  void doesNotWaitThatLongForServerThatHangs() {
    undisturbed(ScanFaultsIT::assertThatHungServerIsNotWaitedFor);
  }

  private static void assertThatHungServerIsNotWaitedFor() {
    try (ScriptedServer server = ScriptedServer.start(ScanFaultsIT::neverEnd);
        MemcachedStore store = open(server.server(), TIMEOUT, LONG_TIMEOUT);
        KeyScan scan = store.scan("a")) {
      server.hang();
      long begun = System.nanoTime();
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> scan.nextPage(1000));

      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(failure).hasMessageContaining("'timeout'");
      assertThat(elapsed(begun)).isLessThan(LONG_TIMEOUT);
    }
  }

  private static void neverEnd(String line, OutputStream out) throws IOException {
    ScriptedServer.write(out, "key=a exp=-1");
  }

  @Test
  void waitsForServerThatIsBusyAsLongAsItsSettingSays() {
    undisturbed(ScanFaultsIT::assertThatBusyServerIsWaitedFor);
  }

  private static void assertThatBusyServerIsWaitedFor() {
    try (ScriptedServer server =
            ScriptedServer.start(
                (line, out) -> ScriptedServer.write(out, "BUSY currently processing crawler"));
        MemcachedStore store = open(server.server(), TIMEOUT, SCAN_TIMEOUT)) {
      StoreException failure = failureOf(store);

      assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
      assertThat(failure).hasMessageContaining("busy").hasMessageContaining("'scan.timeout'");
    }
  }

  @Test
  void noticesServerThatIsStoppedInTheMiddle() {
    try (MemcachedServer server = MemcachedServer.start("-m", "512")) {
      Server address = new Server(server.host(), server.port(), 1);
      try (MemcachedStore store = open(address, LONG_TIMEOUT, LONG_TIMEOUT)) {
        fill(store, 300_000);
      }
      undisturbed(() -> assertThatStopIsNoticed(server, address));
    }
  }

  private static void assertThatStopIsNoticed(MemcachedServer server, Server address) {
    try (MemcachedStore store = open(address, TIMEOUT, LONG_TIMEOUT);
        KeyScan scan = store.scan("key")) {
      assertThat(scan.nextPage(1)).hasSize(1);
      server.suspend();
      long begun = System.nanoTime();
      Throwable end = catchThrowableOfType(StoreException.class, () -> drain(scan));
      assertThat(elapsed(begun)).isLessThan(LONG_TIMEOUT);
      // Whether the list was complete before the stop is a matter of luck.
      if (end instanceof StoreException failure) {
        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      }
    } finally {
      server.resume();
    }
  }

  private static void fill(MemcachedStore store, int count) {
    Item item = new Item(0, new byte[10], Item.FOREVER);
    List<Command.Set> sets =
        IntStream.range(0, count).mapToObj(i -> new Command.Set("key" + i, item)).toList();
    assertThat(store.send(sets).join()).containsOnly(Reply.DONE);
  }

  private static StoreException failureOf(MemcachedStore store) {
    return catchThrowableOfType(
        StoreException.class,
        () -> {
          try (KeyScan scan = store.scan("a")) {
            drain(scan);
          }
        });
  }

  private static void drain(KeyScan scan) {
    List<String> page = scan.nextPage(1000);
    while (!page.isEmpty()) {
      page = scan.nextPage(1000);
    }
  }

  private static Duration elapsed(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static MemcachedStore open(Server server, Duration timeout, Duration scanTimeout) {
    NodeOptions defaults = DefaultOptions.withTimeout(timeout);
    NodeOptions options =
        new NodeOptions(
            timeout,
            defaults.connections(),
            scanTimeout,
            defaults.maxRequests(),
            defaults.maxBytes(),
            defaults.maxInvalidations(),
            null,
            null);
    return new MemcachedStore(List.of(server), options, InstantSource.system());
  }
}
