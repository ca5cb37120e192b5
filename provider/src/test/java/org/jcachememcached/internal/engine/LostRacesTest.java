package org.jcachememcached.internal.engine;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The result of an operation that loses a race. */
class LostRacesTest {

  private static final EntryProcessor<String, String, String> APPEND =
      (entry, arguments) -> {
        String old = entry.getValue();
        entry.setValue(old + "+");
        return old;
      };

  private final TestCaches caches = new TestCaches("memory:test?cas.attempts=3");
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void appliesTheOperationToTheNewestValue() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "first");
    rivalPutsBefore(Command.CompareAndSet.class, "second");

    assertThat(cache.invoke("k", APPEND)).isEqualTo("second");
    assertThat(cache.get("k")).isEqualTo("second+");
  }

  @Test
  void answersFromTheAttemptThatWon() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "first");
    rivalPutsBefore(Command.CompareAndSet.class, "second");

    assertThat(cache.getAndPut("k", "third")).isEqualTo("second");
  }

  @Test
  void comparesWithTheNewestValue() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "first");
    rivalPutsBefore(Command.CompareAndSet.class, "second");

    assertThat(cache.replace("k", "first", "third")).isFalse();
    assertThat(cache.get("k")).isEqualTo("second");
  }

  @Test
  void seesThatTheEntryHasGone() {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "first");
    caches.racing().before(Command.CompareAndSet.class, () -> rival.remove("k"));

    assertThat(cache.getAndReplace("k", "second")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void seesThatTheEntryHasCome() {
    Cache<String, String> cache = caches.open();
    rivalPutsBefore(Command.Add.class, "rival");

    assertThat(cache.getAndPut("k", "mine")).isEqualTo("rival");
    assertThat(cache.get("k")).isEqualTo("mine");
  }

  @Test
  void removesNoValueThatItHasNotSeen() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "first");
    rivalPutsBefore(Command.CompareAndDelete.class, "second");

    assertThat(cache.getAndRemove("k")).isEqualTo("second");
  }

  @Test
  void tellsListenersOnce() {
    Cache<String, String> cache = caches.open(observed());
    cache.put("k", "first");
    rivalPutsBefore(Command.CompareAndSet.class, "second");

    cache.put("k", "third");

    assertThat(listener.events()).containsExactly("CREATED k=first", "UPDATED k=third (second)");
  }

  @Test
  void looksAgainOnlyAtWhatWasLost() {
    Cache<String, String> cache = caches.open();
    rivalPutsBefore(Command.Add.class, "rival");

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(Set.of("k", "l", "m"), APPEND);

    assertThat(results)
        .extractingByKey("k")
        .extracting(EntryProcessorResult::get)
        .isEqualTo("rival");
    assertThat(caches.counting().roundTrips())
        .containsExactly("3 Get", "3 Add", "Get", "CompareAndSet");
  }

  @Test
  void givesUpInTheEnd() {
    Cache<String, String> cache = caches.open(observed());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "first");
    AtomicInteger races = new AtomicInteger();
    caches
        .racing()
        .beforeEach(
            Command.CompareAndSet.class, () -> rival.put("k", "rival" + races.incrementAndGet()));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", "mine"))
        .withMessage(
            "Gave up after 3 attempts (setting 'cas.attempts'):"
                + " the entry 'test:test:s.k' keeps changing while the call runs");
    assertThat(races).hasValue(3);
    assertThat(cache.get("k")).isEqualTo("rival3");
    assertThat(listener.events()).containsExactly("CREATED k=first");
  }

  @Test
  void doesNotRepeatATouch() {
    MutableConfiguration<String, String> configuration =
        TestCaches.configuration()
            .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(new Duration(SECONDS, 59)));
    Cache<String, String> cache = caches.open(configuration);
    cache.put("k", "first");
    caches.clock().advance(java.time.Duration.ofSeconds(1));
    rivalPutsBefore(Command.CompareAndSet.class, "second");
    caches.counting().reset();

    assertThat(cache.get("k")).isEqualTo("first");
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "CompareAndSet");
  }

  @Test
  void leavesAValueThatWasPutDuringALoad() {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());
    rivalPutsBefore(Command.CompareAndSet.class, "rival");

    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(cache.get("k")).isEqualTo("rival");
  }

  @Test
  void leavesAValueThatWasPutOverAnExpiredOne() {
    MutableConfiguration<String, String> configuration =
        observed().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(MINUTES, 1)));
    Cache<String, String> cache = caches.open(configuration);
    cache.put("k", "first");
    caches.clock().advance(java.time.Duration.ofMinutes(1));
    rivalPutsBefore(Command.CompareAndDelete.class, "rival");

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.get("k")).isEqualTo("rival");
    assertThat(listener.events()).containsExactly("CREATED k=first");
  }

  @Test
  void addsOverAnEntryThatHasExpired() {
    MutableConfiguration<String, String> configuration =
        observed().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(MINUTES, 1)));
    Cache<String, String> cache = caches.open(configuration);
    cache.put("k", "first");
    caches.clock().advance(java.time.Duration.ofMinutes(1));

    assertThat(cache.putIfAbsent("k", "second")).isTrue();
    assertThat(listener.events())
        .isEqualTo(List.of("CREATED k=first", "EXPIRED k=first (first)", "CREATED k=second"));
  }

  private MutableConfiguration<String, String> observed() {
    return TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous());
  }

  private void rivalPutsBefore(Class<? extends Command> kind, String value) {
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().before(kind, () -> rival.put("k", value));
  }
}
