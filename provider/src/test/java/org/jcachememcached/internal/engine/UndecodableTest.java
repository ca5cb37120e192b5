package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.TestCaches;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cannot be decoded, seen with the failure policy {@code throw}; and how it is replaced, seen
 * with {@code degrade}, where {@link AbsenceTest} shows that it is absent.
 */
class UndecodableTest {

  private final List<TestCaches> fixtures = new ArrayList<>();

  @AfterEach
  void close() {
    fixtures.forEach(TestCaches::close);
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Named<Use>> callsThatDependOnTheEntry() {
    return Stream.of(
        Named.of("get", c -> c.get("k")),
        Named.of("getAll", c -> c.getAll(Set.of("k"))),
        Named.of("containsKey", c -> c.containsKey("k")),
        Named.of("putIfAbsent", c -> c.putIfAbsent("k", "v")),
        Named.of("replace", c -> c.replace("k", "v")),
        Named.of("replace equal", c -> c.replace("k", "old", "v")),
        Named.of("remove equal", c -> c.remove("k", "old")),
        Named.of("getAndPut", c -> c.getAndPut("k", "v")),
        Named.of("getAndReplace", c -> c.getAndReplace("k", "v")),
        Named.of("getAndRemove", c -> c.getAndRemove("k")),
        Named.of("invoke", c -> c.invoke("k", (entry, arguments) -> entry.exists())),
        Named.of("iteration", c -> c.iterator().next()));
  }

  @ParameterizedTest
  @MethodSource("callsThatDependOnTheEntry")
  void isAnExceptionThatNamesTheEntryAndTheCause(Use call) {
    for (Leftovers leftover : undecodable()) {
      TestCaches caches = caches("throw");
      Cache<String, String> cache = caches.open(typed());
      leftover.plant(caches.memory(), caches.clock());

      assertThatExceptionOfType(CacheException.class)
          .as(leftover.name())
          .isThrownBy(() -> call.accept(cache))
          .withMessageStartingWith("Cache 'test': The entry 'test:test:s.k' cannot be decoded: ")
          .withCauseInstanceOf(CodecException.class);
    }
  }

  static Stream<Named<Use>> callsThatReplaceIt() {
    return Stream.of(
        Named.of("put", c -> c.put("k", "v")),
        Named.of("putAll", c -> c.putAll(Map.of("k", "v"))),
        Named.of("remove", c -> assertThat(c.remove("k")).isFalse()),
        Named.of("removeAll(keys)", c -> c.removeAll(Set.of("k"))),
        Named.of("removeAll()", Cache::removeAll),
        Named.of("clear", Cache::clear));
  }

  @ParameterizedTest
  @MethodSource("callsThatReplaceIt")
  void isReplacedAndRemovedWhateverThePolicyIs(Use call) {
    for (Leftovers leftover : undecodable()) {
      for (String policy : List.of("throw", "degrade")) {
        TestCaches caches = caches(policy);
        RecordingListener listener = new RecordingListener();
        Cache<String, String> cache =
            caches.open(typed().addCacheEntryListenerConfiguration(listener.synchronous()));
        leftover.plant(caches.memory(), caches.clock());

        call.accept(cache);

        String now = cache.get("k");
        assertThat(now).as(leftover + ", " + policy).isIn(null, "v");
        assertThat(listener.events()).isEqualTo(now == null ? List.of() : List.of("CREATED k=v"));
        assertThat(caches.storedKeys()).hasSize(now == null ? 0 : 1);
      }
    }
  }

  @Test
  void anIteratorGoesOnBehindIt() {
    TestCaches caches = caches("throw");
    Cache<String, String> cache = caches.open(typed());
    Leftovers.DAMAGED.plant(caches.memory(), caches.clock());
    cache.put("a", "1");
    cache.put("z", "2");

    List<String> seen = new ArrayList<>();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    while (entries.hasNext()) {
      assertThat(entries.hasNext()).isTrue();
      try {
        seen.add(entries.next().getKey());
      } catch (CacheException e) {
        seen.add("exception");
      }
    }

    assertThat(seen).containsExactlyInAnyOrder("a", "z", "exception");
    assertThat(entries.hasNext()).isFalse();
  }

  @Test
  void anIteratorPassesOverKeysOfAnotherKind() {
    for (String foreign : List.of("i.42", "s.", "x", "b.????", "h.hash", "%41")) {
      TestCaches caches = caches("degrade");
      Cache<String, String> cache = caches.open(typed());
      cache.put("k", "v");
      plantBelow("test:test:" + foreign, caches);

      boolean isKey = foreign.equals("s.");
      assertThat(cache).as(foreign).hasSize(isKey ? 2 : 1);

      cache.removeAll();
      assertThat(caches.storedKeys()).as(foreign).isEmpty();
    }
  }

  @Test
  void removeAllRemovesKeysOfAnotherKindDespiteListeners() {
    for (String policy : List.of("throw", "degrade")) {
      TestCaches caches = caches(policy);
      RecordingListener listener = new RecordingListener();
      RecordingWriter writer = new RecordingWriter();
      Cache<String, String> cache =
          caches.open(
              typed(writer.configuration())
                  .addCacheEntryListenerConfiguration(listener.synchronous()));
      plantBelow("test:test:i.42", caches);
      Leftovers.OF_A_CLASS_THAT_IS_GONE.plant(caches.memory(), caches.clock());

      cache.removeAll();

      assertThat(caches.storedKeys()).isEmpty();
      assertThat(listener.events()).isEmpty();
      assertThat(writer.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMBSTONE", "EXPIRED", "DAMAGED", "OF_ANOTHER_CLIENT"})
  void isReplacedOverItsToken(Leftovers leftover) {
    TestCaches caches = caches("degrade");
    Cache<String, String> cache = caches.open(typed());
    leftover.plant(caches.memory(), caches.clock());
    Cache<String, String> rival = caches.openRival(typed());
    caches.racing().before(Command.CompareAndSet.class, () -> rival.put("k", "rival"));

    assertThat(cache.putIfAbsent("k", "mine")).isFalse();

    assertThat(cache.get("k")).isEqualTo("rival");
    assertThat(caches.counting().roundTrips())
        .containsExactly("Add", "Get", "CompareAndSet", "Get", "Get");
  }

  @Test
  void isLoadedAnewOnce() {
    TestCaches caches = caches("degrade");
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(typed(loader.configuration()));
    Leftovers.DAMAGED.plant(caches.memory(), caches.clock());

    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(loader.calls()).containsExactly("load k");
  }

  @Test
  void isReplacedByALoadThatReplacesWhateverThePolicyIs() throws Exception {
    TestCaches caches = caches("throw");
    Cache<String, String> cache = caches.open(typed(new RecordingLoader().configuration()));
    Leftovers.DAMAGED.plant(caches.memory(), caches.clock());

    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), true, done);
    done.get(10, TimeUnit.SECONDS);

    assertThat(cache.get("k")).isEqualTo("K");
  }

  @Test
  void aLoadNeverReplacesWhatAnotherClientPutInItsPlace() {
    TestCaches caches = caches("degrade");
    Cache<String, String> cache = caches.open(typed(new RecordingLoader().configuration()));
    Leftovers.DAMAGED.plant(caches.memory(), caches.clock());
    Cache<String, String> rival = caches.openRival(typed());
    caches.racing().before(Command.CompareAndSet.class, () -> rival.put("k", "rival"));

    assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "K");

    assertThat(cache.get("k")).isEqualTo("rival");
  }

  @Test
  void theEndOfAnEntryIsNotThatOfItsPredecessorWhichCouldNotBeDecoded() {
    TestCaches caches = caches("degrade");
    Cache<String, String> cache =
        caches.open(
            typed()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(MINUTES, 1))));
    Leftovers.DAMAGED_WITH_A_DEADLINE.plant(caches.memory(), caches.clock());

    cache.put("k", "v");
    caches.clock().advance(java.time.Duration.ofSeconds(59));

    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void anExpiredEntryThatCannotBeDecodedExpiresInSilence() {
    TestCaches caches = caches("throw");
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache =
        caches.open(typed().addCacheEntryListenerConfiguration(listener.synchronous()));
    Leftovers.EXPIRED_UNDECODABLE.plant(caches.memory(), caches.clock());

    assertThatNoException().isThrownBy(() -> cache.get("k"));
    assertThat(cache.putIfAbsent("k", "v")).isTrue();

    assertThat(listener.events()).containsExactly("CREATED k=v");
  }

  @Test
  void aRemovalThatCouldNotReachItIsMadeGoodLater() {
    TestCaches caches = caches("degrade");
    Cache<String, String> cache = caches.open(typed());
    Leftovers.DAMAGED.plant(caches.memory(), caches.clock());
    caches.failing().fail(any(Command.CompareAndDelete.class), Reason.UNREACHABLE);

    assertThat(cache.remove("k")).isFalse();

    assertThat(caches.storedKeys()).isEmpty();
  }

  private static List<Leftovers> undecodable() {
    return Arrays.stream(Leftovers.values()).filter(Leftovers::isUndecodable).toList();
  }

  private TestCaches caches(String onFailure) {
    TestCaches caches = new TestCaches("memory:test?on.failure=" + onFailure);
    fixtures.add(caches);
    return caches;
  }

  /** Stores an honest value below a key on the wire. */
  private static void plantBelow(String wire, TestCaches caches) {
    caches.openRival(TestCaches.configuration()).put("other", "value");
    Command.Get get = new Command.Get("test:test:s.other");
    StoredItem item = requireNonNull(caches.memory().send(List.of(get)).join().get(0).item());
    Item copy = new Item(item.flags(), item.data(), item.keepUntil());
    caches.memory().send(List.of(new Command.Set(wire, copy))).join();
    caches.memory().send(List.of(new Command.Delete(get.key()))).join();
  }

  private static MutableConfiguration<String, String> typed() {
    return typed(TestCaches.configuration());
  }

  private static MutableConfiguration<String, String> typed(
      MutableConfiguration<String, String> configuration) {
    return configuration.setTypes(String.class, String.class);
  }
}
