package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.api.ServersMXBean;
import org.junit.jupiter.api.Test;

/** Several clients learn of a change of the servers one after another, as JVMs do. */
class TopologySkewIT extends ChangingCaches {

  /** Two JVMs of which one learns of a change later, step by step. */
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
}
