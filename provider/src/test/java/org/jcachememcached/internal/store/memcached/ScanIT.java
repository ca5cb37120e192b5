package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanIT {

  private static final int KEYS = 100_000;
  private static final int PAGE = 500;

  private final AtomicBoolean scanned = new AtomicBoolean();

  @Test
  void missesAndRepeatsNoneWhileOthersComeAndGo() throws Exception {
    try (MemcachedServer one = MemcachedServer.start("-m", "256");
        MemcachedServer two = MemcachedServer.start("-m", "256");
        MemcachedStore store = open(one, two)) {
      List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "app:cache:" + i).toList();
      store(store, keys);
      Thread noise = new Thread(() -> comeAndGo(store));
      noise.start();
      try {
        List<String> found = scan(store, "app:cache:");
        assertThat(found).hasSize(KEYS);
        assertThat(new HashSet<>(found).equals(new HashSet<>(keys))).isTrue();
      } finally {
        scanned.set(true);
        noise.join();
      }
    }
  }

  @Test
  void findsKeyOnItsOwnServerOnly() {
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        MemcachedStore store = open(one, two)) {
      one.command("set stray 0 0 1\r\nx");
      two.command("set stray 0 0 1\r\nx");

      assertThat(scan(store, "st")).containsExactly("stray");
    }
  }

  @Test
  void waitsForTheScansOfOthers() {
    try (MemcachedServer server = MemcachedServer.start("-m", "256");
        MemcachedStore store = open(server)) {
      List<String> keys = IntStream.range(0, 20_000).mapToObj(i -> "key" + i).toList();
      store(store, keys);
      List<KeyScan> scans = IntStream.range(0, 8).mapToObj(i -> store.scan("key")).toList();

      assertThat(scans).allSatisfy(scan -> assertThat(drain(scan)).hasSameSizeAs(keys));
    }
  }

  @ParameterizedTest
  @CsvSource({"-X, -X", "'-o,no_lru_crawler', -o no_lru_crawler"})
  void saysWhichOptionForbidsIt(String options, String named) {
    try (MemcachedServer server = MemcachedServer.start(options.split(","));
        MemcachedStore store = open(server)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> scan(store, ""))
          .withMessageContaining(named)
          .withMessageContaining(server.address())
          .extracting(StoreException::reason)
          .isEqualTo(Reason.PROTOCOL);
    }
  }

  @Test
  void failsWhenServerIsDown() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server)) {
      server.stop();

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> scan(store, ""))
          .withMessageContaining(server.address())
          .extracting(StoreException::reason)
          .isEqualTo(Reason.UNREACHABLE);
    }
  }

  private static MemcachedStore open(MemcachedServer... servers) {
    List<Server> settings =
        List.of(servers).stream().map(s -> new Server(s.host(), s.port(), 1)).toList();
    return new MemcachedStore(
        settings, DefaultOptions.withTimeout(Duration.ofSeconds(20)), InstantSource.system());
  }

  private static void store(MemcachedStore store, List<String> keys) {
    Item item = new Item(0, new byte[10], Item.FOREVER);
    List<Command.Set> sets = keys.stream().map(key -> new Command.Set(key, item)).toList();
    assertThat(store.send(sets).join()).containsOnly(Reply.DONE);
  }

  private void comeAndGo(MemcachedStore store) {
    for (int round = 0; !scanned.get(); round++) {
      int first = round * PAGE;
      List<String> keys =
          IntStream.range(0, PAGE).mapToObj(i -> "app:other:" + (first + i)).toList();
      store(store, keys);
      store.send(keys.stream().map(Command.Delete::new).toList()).join();
    }
  }

  private static List<String> scan(MemcachedStore store, String prefix) {
    return drain(store.scan(prefix));
  }

  private static List<String> drain(KeyScan scan) {
    try (scan) {
      List<String> keys = new ArrayList<>();
      for (List<String> page = scan.nextPage(PAGE); !page.isEmpty(); page = scan.nextPage(PAGE)) {
        keys.addAll(page);
      }
      return keys;
    }
  }
}
