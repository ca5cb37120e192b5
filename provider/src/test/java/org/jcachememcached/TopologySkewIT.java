package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.testing.ChildJvm;
import org.junit.jupiter.api.Test;

/** Several clients learn of a change of the servers one after another, as JVMs do. */
class TopologySkewIT extends ChangingCaches {

  /** How much later another JVM learns of a change. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** One learns of a change later, step by step. */
  @Test
  void clientThatLearnsOfChangeLaterReadsNothingOlderThanWhatOthersHaveWritten() {
    MemcachedCacheManager early = manager("1m", first, second);
    MemcachedCacheManager late = manager("1m", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");

    change(early, first, second, third);
    putAll(ofEarly, "new");

    assertThat(values(ofLate)).as("before it learns of it").isSubsetOf("new");
    change(late, first, second, third);
    assertThat(values(ofLate)).as("afterwards").isSubsetOf("new");
    keys().forEach(ofEarly::remove);
    assertThat(values(ofLate)).isEmpty();
  }

  @Test
  void whatLateClientHasWrittenIsReadByAllOnceItHasLearnedOfChange() {
    MemcachedCacheManager early = manager("1m", first, second);
    MemcachedCacheManager late = manager("1m", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");

    change(early, first, second, third);
    assertThat(values(ofEarly)).containsExactly("old");
    putAll(ofLate, "new");
    assertThat(values(ofEarly)).as("until then").contains("old");
    change(late, first, second, third);
    await().until(() -> isSwept(late));

    assertThat(values(ofEarly)).containsExactly("new");
    assertThat(values(ofLate)).containsExactly("new");
    assertThat(misses(ofEarly) + misses(ofLate)).isZero();
  }

  /** The items that were on the added server before are gone; later ones are copied anew. */
  private boolean isSwept(MemcachedCacheManager manager) {
    return manager.unwrap(ServersMXBean.class).isSwept();
  }

  @Test
  void unchangedEntriesStayWarmThoughAllClientsLearnOfChangeOneAfterAnother() {
    List<MemcachedCacheManager> managers =
        Stream.generate(() -> manager("1m", first, second)).limit(4).toList();
    List<MemcachedCache<String, String>> caches = managers.stream().map(TopologyIT::cache).toList();
    putAll(caches.get(0), "value");

    for (MemcachedCacheManager manager : managers) {
      change(manager, first, second, third);
      caches.forEach(cache -> assertThat(cache.getAll(keys())).hasSize(ENTRIES));
    }

    assertThat(caches.stream().mapToLong(TopologyIT::misses).sum()).isZero();
  }

  @Test
  void whatIsRemovedAfterTheWarmUpOfOneClientIsNotReadInThatOfAnother() throws Exception {
    MemcachedCacheManager early = manager("2s", first, second);
    MemcachedCacheManager late = manager("2s", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");
    change(early, first, second, third);

    Thread.sleep(2500);
    keys().forEach(ofEarly::remove);
    change(late, first, second, third);

    assertThat(ofLate.getAll(keys())).isEmpty();
  }

  /** Whatever one JVM has written is never older for the other one, before and after. */
  @Test
  void anotherJvmThatLearnsOfChangeSecondsLaterReadsNothingOlderThanWhatWasWritten() {
    MemcachedCacheManager early = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(early);
    putAll(cache, "0");
    try (ChildJvm late = ChildJvm.start(LateMember.class, list(first, second), "1m")) {
      assertThat(ask(late, "values")).isEqualTo("0");

      change(early, first, second, third);
      int version = 0;
      for (long end = System.nanoTime() + LATE_NANOS; System.nanoTime() < end; ) {
        version++;
        putAll(cache, Integer.toString(version));
        assertThat(ask(late, "values")).isIn("", Integer.toString(version));
      }
      assertThat(version).isGreaterThan(1);

      assertThat(ask(late, "change " + list(first, second, third))).isEqualTo("done");
      assertThat(ask(late, "values")).isIn("", Integer.toString(version));
      assertThat(ask(late, "put last")).isEqualTo("done");
      await().until(() -> values(cache).equals(Set.of("last")));
      assertThat(ask(late, "values")).isEqualTo("last");
    }
  }

  private static String ask(ChildJvm jvm, String line) {
    jvm.send(line);
    return jvm.readLine();
  }
}
