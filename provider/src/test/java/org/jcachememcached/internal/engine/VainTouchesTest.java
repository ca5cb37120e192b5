package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read that moves the deadline of what it finds keeps nothing alive that is no entry. */
class VainTouchesTest {

  private static final String WIRE = "test:test:s.k";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private TestCaches caches = new TestCaches("memory:test?on.failure=degrade");
  private final RoundTrip round =
      new RoundTrip(
          new StoreSession(caches.memory(), TestCaches.TIMEOUT, caches.clock()), new PageSize(100));

  @AfterEach
  void close() {
    caches.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoEntryEndsAsIfNobodyHadRead(Leftovers leftover) {
    Cache<String, String> cache = caches.open(accessed());
    for (long end : new long[] {caches.clock().millis() + MINUTE.toMillis(), Item.FOREVER}) {
      plant(leftover, end);
      StoredItem before = stored();

      assertThat(cache.get("k")).isNull();
      assertThat(cache.getAll(Set.of("k", "other"))).isEmpty();

      StoredItem after = stored();
      assertThat(after.keepUntil()).isEqualTo(end);
      assertThat(after.flags()).isEqualTo(before.flags());
      assertThat(after.data()).isEqualTo(before.data());
    }
  }

  @ParameterizedTest
  @EnumSource(from = "OF_ANOTHER_CLIENT") // The others can be decoded.
  void soItDoesWhereItIsAnException(Leftovers leftover) {
    caches.close();
    caches = new TestCaches("memory:test?on.failure=throw");
    Cache<String, String> cache = caches.open(accessed());
    long end = caches.clock().millis() + MINUTE.toMillis();
    plant(leftover, end);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.get("k"));
    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.getAll(Set.of("k")));

    assertThat(stored().keepUntil()).isEqualTo(end);
  }

  @Test
  void tombstoneThatIsAlwaysReadEndsAfterItsMinute() {
    Cache<String, String> cache = caches.open(accessed());
    plant(Leftovers.TOMBSTONE, caches.clock().millis() + MINUTE.toMillis());

    for (int second = 0; second < 60; second++) {
      assertThat(cache.get("k")).isNull();
      caches.clock().advance(Duration.ofSeconds(1));
    }

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void costsOneRoundTrip() {
    Cache<String, String> cache = caches.open(accessed());
    plant(Leftovers.TOMBSTONE, caches.clock().millis() + MINUTE.toMillis());

    cache.get("k");

    assertThat(caches.counting().roundTrips()).containsExactly("TouchingGet", "CompareAndSet");
  }

  @Test
  void loadedValueTakesThePlaceAndNothingIsUndone() {
    Cache<String, String> cache = caches.open(withPolicy(new RecordingLoader().configuration()));
    plant(Leftovers.TOMBSTONE, caches.clock().millis() + MINUTE.toMillis());

    assertThat(cache.get("k")).isNotNull();

    assertThat(caches.counting().roundTrips())
        .containsExactly("TouchingGet", "Claim", "CompareAndSet");
    assertThat(stored().keepUntil())
        .isEqualTo(caches.clock().millis() + Duration.ofHours(1).toMillis());
  }

  @Test
  void whatAnotherClientStoresMeanwhileIsLeftAlone() {
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    Cache<String, String> cache = caches.open(accessed());
    plant(Leftovers.TOMBSTONE, caches.clock().millis() + MINUTE.toMillis());
    caches.racing().after(Command.Get.class, () -> rival.put("k", "new"));

    assertThat(cache.get("k")).isNull();

    assertThat(stored().keepUntil()).isEqualTo(Item.FOREVER);
    assertThat(rival.get("k")).isEqualTo("new");
  }

  @Test
  void failureToUndoIsNoFailureOfTheRead() {
    Cache<String, String> cache = caches.open(accessed());
    plant(Leftovers.TOMBSTONE, caches.clock().millis() + MINUTE.toMillis());
    caches.failing().fail(FailingStore.any(Command.CompareAndSet.class), Reason.TIMEOUT);

    assertThat(cache.get("k")).isNull();
  }

  /** It must not make the enclosing call lose its race against itself. */
  @Test
  void readInAnEnclosingCallOfTheSameKeyTouchesNothing() {
    Cache<String, String> cache = caches.open(accessed());
    long end = caches.clock().millis() + MINUTE.toMillis();
    plant(Leftovers.TOMBSTONE, end);

    Object answer = cache.invoke("k", (entry, arguments) -> String.valueOf(cache.get("k")));

    assertThat(answer).isEqualTo("null");
    assertThat(stored().keepUntil()).isEqualTo(end);
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "Get");
  }

  @Test
  void whatIsTouchedTwiceEndsAsBeforeTheFirstTime() {
    VainTouches touches = newTouches();
    plant(Leftovers.TOMBSTONE, 1_000 + caches.clock().millis());
    StoredItem before = stored();

    touches.add(WIRE, before);
    touches.add(WIRE, touched(before));
    touches.undo();
    round.send();

    assertThat(stored().keepUntil()).isEqualTo(before.keepUntil());
  }

  @Test
  void whatIsReplacedBetweenTwoTouchesEndsAsItsSuccessorDid() {
    VainTouches touches = newTouches();
    plant(Leftovers.TOMBSTONE, 1_000 + caches.clock().millis());
    touches.add(WIRE, stored());
    plant(Leftovers.TOMBSTONE, 2_000 + caches.clock().millis());
    StoredItem successor = stored();

    touches.add(WIRE, successor);
    touches.undo();
    round.send();

    assertThat(stored().keepUntil()).isEqualTo(successor.keepUntil());
    assertThat(stored().cas()).isNotEqualTo(successor.cas());
  }

  private VainTouches newTouches() {
    return new VainTouches(round);
  }

  private static StoredItem touched(StoredItem item) {
    return new StoredItem(item.flags(), item.data(), item.cas(), Item.FOREVER);
  }

  private void plant(Leftovers leftover, long end) {
    Item item = leftover.item(caches.clock().millis());
    Item planted = new Item(item.flags(), item.data(), end);
    caches.memory().send(List.of(new Command.Set(WIRE, planted))).join();
  }

  private StoredItem stored() {
    @Nullable StoredItem item =
        caches.memory().send(List.of(new Command.Get(WIRE))).join().get(0).item();
    return requireNonNull(item);
  }

  private static MutableConfiguration<String, String> accessed() {
    return withPolicy(TestCaches.configuration());
  }

  private static MutableConfiguration<String, String> withPolicy(
      MutableConfiguration<String, String> configuration) {
    return configuration
        .setTypes(String.class, String.class)
        .setExpiryPolicyFactory(
            AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(HOURS, 1)));
  }
}
