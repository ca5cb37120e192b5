package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import org.jcachememcached.Contenders.Discipline;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is atomic in JSR-107 is atomic between threads, connections and JVMs: every count exact. */
class ConcurrencyIT {

  private static MemcachedServer server;
  private static URI uri;
  private static Contenders here;
  private static ChildJvm there;

  @BeforeAll
  static void startContenders() {
    server = MemcachedServer.start();
    // Eight connections on two processors: a command may wait longer than it does in production.
    uri = URI.create("memcached://" + server.address() + "/contest?timeout=10s");
    here = new Contenders(uri, 1);
    there = ChildJvm.start(Contenders.class, uri.toString());
    assertThat(there.readLine()).isEqualTo("ready");
  }

  @AfterAll
  static void endContenders() {
    there.awaitEnd();
    there.close();
    here.close();
    server.close();
  }

  @BeforeEach
  void beginWithNothing() {
    here.cache().clear();
  }

  @Test
  void invokeLosesNoIncrement() {
    Ledger ledger = play(Discipline.INCREMENT_BY_INVOKE);
    assertThatEveryIncrementCounted(ledger);
  }

  @Test
  void replaceLosesNoIncrement() {
    Ledger ledger = play(Discipline.INCREMENT_BY_REPLACE);
    assertThatEveryIncrementCounted(ledger);
  }

  @Test
  void replaceOnAVersionLosesNoIncrement() {
    Ledger ledger = play(Discipline.INCREMENT_BY_VERSION);
    assertThatEveryIncrementCounted(ledger);
  }

  @Test
  void invokeWithoutWaitingLosesNoIncrement() {
    Ledger ledger = play(Discipline.INCREMENT_WITHOUT_WAITING);
    assertThatEveryIncrementCounted(ledger);
  }

  @Test
  void incrementLosesNoIncrement() {
    Ledger ledger = play(Discipline.INCREMENT);
    assertThatEveryIncrementCounted(ledger);
  }

  /** Some count at the server, and some read and replace the entry. */
  @Test
  void incrementLosesNoIncrementBesideListeners() {
    Ledger ledger = play(Discipline.INCREMENT_OBSERVED);
    assertThatEveryIncrementCounted(ledger);
  }

  private static void assertThatEveryIncrementCounted(Ledger ledger) {
    long total = 0;
    for (String key : Contenders.KEYS) {
      List<Long> made = ledger.gots(key);
      assertThat(made).isEqualTo(oneTo(made.size()));
      assertThat(here.cache().get(key)).isEqualTo(made.size());
      total += made.size();
    }
    assertThat(total).isEqualTo(2 * 32 * Contenders.ROUNDS);
  }

  @Test
  void putIfAbsentHasOneWinner() {
    Ledger ledger = play(Discipline.PUT_IF_ABSENT);
    for (String key : Contenders.KEYS) {
      assertThat(ledger.gots(key))
          .isEqualTo(LongStream.range(0, Contenders.ROUNDS).boxed().toList());
    }
  }

  @Test
  void getAndRemoveRemovesEveryValueOnce() {
    Ledger ledger = play(Discipline.GET_AND_REMOVE);
    for (String key : Contenders.KEYS) {
      assertThat(ledger.gots(key)).isNotEmpty().isEqualTo(ledger.puts(key));
      assertThat(here.cache().containsKey(key)).isFalse();
    }
  }

  @Test
  void getAndPutReturnsEveryValueOnceButTheLast() {
    Ledger ledger = play(Discipline.GET_AND_PUT);
    for (String key : Contenders.KEYS) {
      ledger.got(key, here.cache().get(key));
      assertThat(ledger.gots(key)).isNotEmpty().isEqualTo(ledger.puts(key));
    }
  }

  private static Ledger play(Discipline discipline) {
    there.send(discipline.name());
    Ledger ledger = here.play(discipline);
    ledger.addAll(there.readLine());
    return ledger;
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void noCallFailsBehindSlowProcessors() throws Exception {
    try (MemcachedCachingProvider one = new MemcachedCachingProvider();
        MemcachedCachingProvider two = new MemcachedCachingProvider()) {
      List<Cache<String, Integer>> caches = List.of(slowCache(one), slowCache(two));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Void>> work =
            IntStream.range(0, 8).mapToObj(i -> increments(caches.get(i % 2))).toList();
        for (Future<Void> done : threads.invokeAll(work)) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(caches.get(0).get("k")).isEqualTo(8 * 10);
    }
  }

  private static Cache<String, Integer> slowCache(MemcachedCachingProvider provider) {
    return provider
        .getCacheManager(uri, null)
        .createCache("slow", new MutableConfiguration<String, Integer>());
  }

  private static Callable<Void> increments(Cache<String, Integer> cache) {
    EntryProcessor<String, Integer, Void> increment =
        (entry, arguments) -> {
          int next = entry.exists() ? entry.getValue() + 1 : 1;
          pause(20);
          entry.setValue(next);
          return null;
        };
    return () -> {
      for (int i = 0; i < 10; i++) {
        cache.invoke("k", increment);
      }
      return null;
    };
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
