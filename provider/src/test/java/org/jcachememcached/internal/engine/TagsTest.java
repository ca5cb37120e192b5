package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.api.EntryOptions.tagged;
import static org.jcachememcached.internal.engine.WaitingCalls.increment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of entries with tags when the servers of the tags fail, and of lost races. */
class TagsTest {

  private static final String TAG = "~tags:test:t";

  private final TestCaches caches = new TestCaches("memory:test?on.failure=degrade");
  private final MemcachedCache<String, String> cache = open(caches, TestCaches.configuration());
  private final MemcachedCache<String, String> rival =
      beyond(caches.openRival(TestCaches.configuration()));
  private final MemcachedCacheManager manager = manager(cache);

  private static MemcachedCache<String, String> open(
      TestCaches caches, MutableConfiguration<String, String> configuration) {
    return beyond(caches.open(configuration));
  }

  @SuppressWarnings("unchecked")
  private static MemcachedCache<String, String> beyond(Cache<String, String> cache) {
    return cache.unwrap(MemcachedCache.class);
  }

  private static MemcachedCacheManager manager(Cache<?, ?> cache) {
    return cache.getCacheManager().unwrap(MemcachedCacheManager.class);
  }

  private static boolean isOfTag(Command command) {
    return command.key().startsWith("~tags:");
  }

  @AfterEach
  void close() {
    caches.close();
  }

  private List<String> roundTrips(Runnable call) {
    caches.counting().reset();
    call.run();
    return caches.counting().roundTrips();
  }

  @Test
  void anInvalidationIsOneCommandHoweverManyEntriesThereAre() {
    for (int i = 0; i < 10_000; i++) {
      cache.put("k" + i, "v", tagged("t"));
    }

    assertThat(roundTrips(() -> manager.invalidateTag("t"))).containsExactly("Delete");
    assertThat(roundTrips(() -> manager.invalidateTags(Set.of("a", "b"))))
        .containsExactly("2 Delete");
    assertThat(cache.get("k9999")).isNull();
  }

  @Test
  void theFirstUseOfATagTakesOneRoundTripMore() {
    assertThat(roundTrips(() -> cache.put("k", "v", tagged("t"))))
        .containsExactly("Get", "Add", "Set");
    assertThat(roundTrips(() -> cache.put("k", "v", tagged("t")))).containsExactly("Get", "Set");
    assertThat(roundTrips(() -> cache.put("k", "v", tagged("t", "u"))))
        .containsExactly("2 Get", "Add", "Set");
  }

  @Test
  void aReadOfEntriesWithTagsTakesOneRoundTripMore() {
    cache.putAll(entries(100), tagged("t", "u"));
    cache.put("untagged", "v");

    assertThat(roundTrips(() -> cache.get("k1"))).containsExactly("Get", "2 Get");
    assertThat(roundTrips(() -> cache.containsKey("k1"))).containsExactly("Get", "2 Get");
    assertThat(roundTrips(() -> cache.getAll(entries(100).keySet())))
        .containsExactly("100 Get", "2 Get");
    assertThat(roundTrips(() -> cache.getAll(Set.of("k1", "untagged", "absent"))))
        .containsExactly("3 Get", "2 Get");
    assertThat(roundTrips(() -> cache.get("untagged"))).containsExactly("Get");
    assertThat(roundTrips(() -> cache.forEach(entry -> {})))
        .containsExactly("Scan", "101 Get", "2 Get");
  }

  @Test
  void aWriteThatReadsTheEntryReadsItsOwnTagsWithThoseOfTheEntry() {
    cache.putAll(entries(100), tagged("t"));

    assertThat(roundTrips(() -> cache.putAll(entries(100), tagged("t"))))
        .containsExactly("Get", "100 Set");
    assertThat(roundTrips(() -> cache.replace("k1", "w", tagged("t", "u"))))
        .containsExactly("Get", "2 Get", "Add", "CompareAndSet");
    assertThat(roundTrips(() -> cache.putIfAbsent("new", "v", tagged("t"))))
        .containsExactly("Get", "Add");
    assertThat(roundTrips(() -> cache.putIfAbsent("k2", "w", tagged("t"))))
        .containsExactly("Get", "Add", "Get", "Get");
    assertThat(roundTrips(() -> cache.getOrCompute("k2", key -> "w", tagged("new"))))
        .containsExactly("Get", "2 Get");
    assertThat(roundTrips(() -> cache.getOrCompute("other", key -> "w", tagged("t"))))
        .containsExactly("Get", "Get", "Claim", "CompareAndSet");
    assertThat(roundTrips(() -> cache.put("k2", "untagged"))).containsExactly("Set");
  }

  private static Map<String, String> entries(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "k" + i, i -> "value " + i));
  }

  @Test
  void aTagThatIsLostMakesItsEntriesAbsent() {
    cache.put("k", "v", tagged("t"));
    caches.memory().send(List.of(new Command.Delete(TAG))).join();

    assertThat(cache.get("k")).isNull();
    cache.put("other", "v", tagged("t"));
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void whatIsInThePlaceOfATagIsNoVersion() {
    for (int length : new int[] {0, 7, 9, 5000}) {
      cache.put("k", "v", tagged("t"));
      Item foreign = new Item(0, new byte[length], Item.FOREVER);
      caches.memory().send(List.of(new Command.Set(TAG, foreign))).join();

      assertThat(cache.get("k")).isNull();
      cache.put("k", "new", tagged("t"));
      assertThat(cache.get("k")).isEqualTo("new");
    }
  }

  @Test
  void twoClientsThatUseANewTagAgreeOnItsVersion() {
    caches.racing().after(Command.Get.class, () -> rival.put("theirs", "v", tagged("t")));

    assertThat(roundTrips(() -> cache.put("ours", "v", tagged("t"))))
        .containsExactly("Get", "Add", "Get", "Set");

    assertThat(cache.get("ours")).isEqualTo("v");
    assertThat(cache.get("theirs")).isEqualTo("v");
  }

  @Test
  void anInvalidationBetweenTheVersionsAndTheStoreMakesTheEntryAbsent() {
    caches.racing().before(Command.Set.class, () -> manager.invalidateTag("t"));

    cache.put("k", "v", tagged("t"));

    assertThat(cache.get("k")).isNull();
    assertThat(caches.storedKeys()).contains("test:test:s.k");
  }

  @Test
  void withoutTheServersOfTheTagsEntriesAreAbsent() {
    cache.put("tagged", "v", tagged("t"));
    cache.put("untagged", "v");
    caches.failing().failAll(TagsTest::isOfTag, Reason.UNREACHABLE);

    assertThat(cache.get("tagged")).isNull();
    assertThat(cache.containsKey("tagged")).isFalse();
    assertThat(cache.getAll(Set.of("tagged", "untagged"))).containsOnlyKeys("untagged");
    assertThat(cache.getOrCompute("tagged", key -> "computed")).isEqualTo("computed");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putIfAbsent("tagged", "new"))
        .withMessageContaining("scripted UNREACHABLE");
    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.forEach(entry -> {}));
    cache.remove("tagged");
    assertThat(caches.storedKeys()).doesNotContain("test:test:s.tagged");
  }

  @Test
  void withoutTheServersOfTheTagsNothingWithTagsIsStored() {
    cache.put("k", "old");
    cache.put("other", "old");
    caches.failing().failAll(TagsTest::isOfTag, Reason.UNREACHABLE);

    cache.put("k", "new", tagged("t"));
    cache.putAll(Map.of("other", "new"), tagged("t"));
    assertThat(cache.getOrCompute("computed", key -> "v", tagged("t"))).isEqualTo("v");

    assertThat(rival.get("k")).isNull();
    assertThat(rival.get("other")).isNull();
    assertThat(rival.get("computed")).isNull();
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putIfAbsent("new", "v", tagged("t")));
    assertThat(rival.get("new")).isNull();
  }

  @Test
  void theFailurePolicyMayBeToThrow() {
    try (TestCaches strict = new TestCaches("memory:test?on.failure=throw")) {
      MemcachedCache<String, String> thrower =
          open(strict, TestCaches.configuration().setStatisticsEnabled(true));
      thrower.put("k", "v", tagged("t"));
      strict.failing().failAll(TagsTest::isOfTag, Reason.UNREACHABLE);

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> thrower.get("k"))
          .withMessage("Cache 'test': scripted UNREACHABLE");
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> thrower.put("k", "w", tagged("t")));
      assertThat(strict.storedKeys()).doesNotContain("test:test:s.k");
    }
  }

  @Test
  void aDegradedReadIsCounted() {
    try (TestCaches counted = new TestCaches("memory:counted?on.failure=degrade")) {
      MemcachedCache<String, String> observed =
          open(counted, TestCaches.configuration().setStatisticsEnabled(true));
      observed.put("k", "v", tagged("t"));
      counted.failing().failAll(TagsTest::isOfTag, Reason.UNREACHABLE);

      assertThat(observed.get("k")).isNull();

      assertThat(counted.statistics().getDegradedOperations()).isEqualTo(1);
      assertThat(counted.statistics().getCacheMisses()).isEqualTo(1);
    }
  }

  @Test
  void anInvalidationThatFailsIsAnExceptionAndMadeGoodLater() {
    cache.put("k", "v", tagged("user 7"));
    caches.failing().fail(command -> command instanceof Command.Delete, Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.invalidateTag("user 7"))
        .withMessageContaining("'user%207'")
        .withMessageEndingWith("scripted UNREACHABLE");

    // The store in memory does at once what others do when they reach the server.
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void anInvalidationWhoseReplyIsLostIsRepeated() {
    cache.put("k", "v", tagged("t"));
    caches.failing().loseCommand(command -> command instanceof Command.Delete);

    assertThat(roundTrips(() -> manager.invalidateTag("t"))).containsExactly("Delete", "Delete");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void whetherALostWriteHappenedDoesNotDependOnItsTags() {
    cache.put("k", "old");
    caches.failing().loseAnswer(command -> command instanceof Command.CompareAndSet);
    caches.racing().after(Command.CompareAndSet.class, () -> manager.invalidateTag("t"));

    assertThat(cache.replace("k", "new", tagged("t"))).isTrue();

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void callsThatWaitForAnEntryWithTagsAreStored() {
    cache.put("k", "0", tagged("t"));

    List<Object> results =
        WaitingCalls.start(caches, Collections.nCopies(5, increment(cache))).results();

    assertThat(results).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    manager.invalidateTag("t");
    assertThat(cache.get("k")).isEqualTo("5");
  }

  @Test
  void callsThatWaitToStoreTagsAreStored() {
    cache.put("k", "0");

    List<Object> results =
        WaitingCalls.start(
                caches,
                List.of(
                    () -> cache.replace("k", "1", tagged("t")),
                    increment(cache),
                    increment(cache),
                    () -> cache.replace("k", "3", tagged("u"))))
            .results();

    assertThat(results).containsExactly(true, "2", "3", true);
    manager.invalidateTag("t");
    assertThat(cache.get("k")).isEqualTo("3");
    manager.invalidateTag("u");
    assertThat(cache.get("k")).isNull();
  }
}
