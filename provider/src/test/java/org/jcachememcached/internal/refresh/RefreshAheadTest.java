package org.jcachememcached.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.api.EntryOptions.tagged;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import org.jcachememcached.MemcachedCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries are loaded anew before they expire: when, by which client, and what becomes of it. */
class RefreshAheadTest extends RefreshedEntries {

  private static final Duration LEASE_TTL = Duration.ofSeconds(10);

  @ParameterizedTest
  @MethodSource("reads")
  void beginsToTheMillisecond(Read read) {
    MemcachedCache<String, String> cache = open();
    read.from(cache, loader);
    source = "new";

    pass(LIFETIME.minus(AHEAD).minus(TICK));
    assertThat(read.from(cache, loader)).isEqualTo("old");
    assertThat(hasBegun()).isFalse();

    pass(TICK);
    assertThat(read.from(cache, loader)).isEqualTo("old");
    assertThat(hasBegun()).isTrue();
    runBackground();

    assertThat(loader.calls()).hasSize(2);
    assertThat(read.from(cache, loader)).isEqualTo("new");
    assertThat(hasBegun()).isFalse();
  }

  @Test
  void givesTheEntryAWholeLife() {
    MemcachedCache<String, String> cache = open(configuration().set("stale.for", "0s"));
    cache.get("k");
    pass(LIFETIME.minus(TICK));
    cache.get("k");
    runBackground();

    pass(LIFETIME.minus(TICK));
    assertThat(cache.containsKey("k")).isTrue();
    pass(TICK);
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void addsNoRoundTripToTheRead() {
    MemcachedCache<String, String> cache = open();
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    caches.counting().reset();

    cache.get("k");
    assertThat(caches.counting().roundTrips()).containsExactly("Get");
    runBackground();

    assertThat(caches.counting().roundTrips())
        .containsExactly("Get", "Add", "Get", "CompareAndSet", "Delete");
    assertThat(caches.storedKeys()).hasSize(1);
  }

  @Test
  void isDoneByOneClientAtATime() {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    source = "new";
    whileLoading =
        () -> {
          assertThat(cache.get("k")).isEqualTo("old");
          assertThat(hasBegun()).isFalse();
          assertThat(rival.get("k")).isEqualTo("old");
          assertThat(hasBegun()).isTrue();
          runBackground();
        };

    cache.get("k");
    runBackground();

    assertThat(loader.calls()).hasSize(2);
    assertThat(rival.get("k")).isEqualTo("new");
  }

  @Test
  void isTriedAgainByOneClientWhenTheClaimOfOneThatFailedHasEnded() {
    MemcachedCache<String, String> cache = open(configuration().set("stale.for", "1h"));
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    whileLoading = RefreshAheadTest::fail;
    cache.get("k");
    runBackground();
    assertThat(loader.calls()).hasSize(2);
    assertThat(cache.statistics().getFailedRefreshes()).isEqualTo(1);
    source = "new";

    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(hasBegun()).as("at once").isFalse();
    pass(LocalRefreshes.PAUSE);
    assertThat(cache.get("k")).isEqualTo("old");
    runBackground();
    assertThat(loader.calls()).as("while there is a claim").hasSize(2);
    pass(LEASE_TTL);
    assertThat(cache.get("k")).isEqualTo("old");
    runBackground();

    assertThat(cache.get("k")).isEqualTo("new");
  }

  private static void fail() {
    throw new IllegalStateException("the source is down");
  }

  @ParameterizedTest
  @CsvSource({"put, newer", "remove, ", "clear, ", "removeAll, ", "markStale, old"})
  void neverStoresOverAChangeSinceItBegan(String change, String expected) {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    cache.put("k", "old");
    pass(LIFETIME.minus(AHEAD));
    source = "outdated";
    whileLoading =
        () -> {
          switch (change) {
            case "put" -> rival.put("k", "newer");
            case "remove" -> rival.remove("k");
            case "clear" -> rival.clear();
            case "removeAll" -> rival.removeAll();
            default -> rival.markStale("k");
          }
        };
    cache.get("k");
    runBackground();
    assertThat(loader.calls()).hasSize(1);

    source = null;
    assertThat(cache.get("k")).isEqualTo(expected);
  }

  @Test
  void leavesAnEntryThatItsSourceHasNoMore() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old");
    pass(LIFETIME.minus(AHEAD));
    source = null;
    cache.get("k");
    runBackground();

    pass(AHEAD.minus(TICK));
    assertThat(cache.get("k")).isEqualTo("old");
    pass(TICK);
    assertThat(cache.get("k")).isEqualTo("old");
    runBackground();
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void keepsTheTags() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old", tagged("t"));
    pass(LIFETIME.minus(AHEAD));
    source = "new";
    cache.get("k");
    runBackground();
    assertThat(cache.get("k")).isEqualTo("new");

    caches.manager().invalidateTag("t");
    source = null;

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void storesNothingThatIsValidIfATagIsInvalidatedMeanwhile() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old", tagged("t"));
    pass(LIFETIME.minus(AHEAD));
    source = "outdated";
    whileLoading = () -> caches.manager().invalidateTag("t");
    cache.get("k");
    runBackground();
    source = null;

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void loadsWhatABulkReadHasFoundTogether() {
    MemcachedCache<String, String> cache = open();
    cache.putAll(Map.of("a", "1", "b", "2"));
    pass(LIFETIME.minus(AHEAD));
    cache.put("young", "3");

    assertThat(cache.getAll(Set.of("a", "b", "young", "none"))).containsEntry("a", "1").hasSize(4);
    runBackground();

    assertThat(loader.calls()).containsExactly("loadAll [none]", "loadAll [a, b]");
    assertThat(cache.get("a")).isEqualTo("old");
  }

  @Test
  void isAnUpdateForListeners() {
    MemcachedCache<String, String> cache = open(observed());
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    source = "new";
    cache.get("k");
    runBackground();

    assertThat(listener.events()).containsExactly("CREATED k=old", "UPDATED k=new (old)");
  }

  @Test
  void countsNothingButTheHit() {
    MemcachedCache<String, String> cache = open(counted());
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    cache.get("k");
    runBackground();

    assertThat(cache.statistics().getCacheGets()).isEqualTo(2);
    assertThat(cache.statistics().getCacheHits()).isEqualTo(1);
    assertThat(cache.statistics().getCachePuts()).isZero();
    assertThat(cache.statistics().getStaleHits()).isZero();
    assertThat(cache.statistics().getRefreshes()).isEqualTo(1);
    assertThat(cache.statistics().getFailedRefreshes()).isZero();
  }

  @Test
  void isForCallsThatCouldLoad() {
    MemcachedCache<String, String> cache = open(configuration().setReadThrough(false));
    cache.put("k", "old");
    pass(LIFETIME.minus(AHEAD));

    cache.get("k");
    cache.getAll(Set.of("k"));
    cache.containsKey("k");
    cache.getAndPut("k", "new");

    assertThat(hasBegun()).isFalse();
  }

  @Test
  void keepsItsClaimHoweverLongItTakes() {
    MemcachedCache<String, String> cache = open(configuration().set("lease.ttl", "100ms"));
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    cache.get("k");
    whileLoading = () -> await().until(() -> caches.counting().roundTrips().contains("Set"));

    runBackground();

    assertThat(caches.storedKeys()).hasSize(1);
  }

  @Test
  void isWaitedForWhenTheCacheIsClosed() throws InterruptedException {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    cache.get("k");
    pass(LIFETIME.minus(AHEAD));
    source = "new";
    cache.get("k");
    Thread closing = new Thread(cache::close);
    whileLoading =
        () -> {
          closing.start();
          await().until(cache::isClosed);
        };

    runBackground();
    closing.join();

    assertThat(rival.get("k")).isEqualTo("new");
  }

  @Test
  void mustBeLaterThanTheStartOfALife() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> open(configuration().set("refresh.ahead", LIFETIME.toString())))
        .withMessageContaining("'test'")
        .withMessageContaining("refresh.ahead=PT10S")
        .withMessageContaining("CreatedExpiryPolicy");
  }

  @ParameterizedTest
  @CsvSource({"codec, string, format=plain", "access.expiry, server, access.expiry=server"})
  void needsExactDeadlines(String setting, String value, String found) {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> open(configuration().set(setting, value)))
        .withMessageContaining("'test'")
        .withMessageContaining("refresh.ahead=PT2S")
        .withMessageContaining(found);
  }
}
