package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conditional stores whose answer was lost: settled by another look, or reported as unknown. */
class LostAnswersTest {

  private final TestCaches caches = new TestCaches();
  private final RecordingListener listener = new RecordingListener();
  private final Cache<String, String> cache =
      caches.open(
          TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));
  private final Cache<String, String> rival = caches.openRival(TestCaches.configuration());
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void knowsItsOwnValueAgain() {
    cache.put("k", "1");
    caches.failing().loseAnswer(any(Command.CompareAndSet.class));
    caches.counting().reset();

    assertThat(increment()).isEqualTo(1);

    assertThat(runs).hasValue(1);
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "CompareAndSet", "Get");
    assertThat(listener.events()).containsExactly("CREATED k=1", "UPDATED k=2 (1)");
    assertThat(cache.get("k")).isEqualTo("2");
  }

  @Test
  void knowsItsOwnNewEntryAgain() {
    caches.failing().loseAnswer(any(Command.Add.class));

    assertThat(cache.putIfAbsent("k", "1")).isTrue();

    assertThat(listener.events()).containsExactly("CREATED k=1");
  }

  @Test
  void triesAgainWhileNothingHasChanged() {
    cache.put("k", "1");
    caches.failing().loseCommand(any(Command.CompareAndSet.class));

    assertThat(increment()).isEqualTo(2);

    assertThat(cache.get("k")).isEqualTo("2");
    assertThat(listener.events()).containsExactly("CREATED k=1", "UPDATED k=2 (1)");
  }

  @Test
  void doesNotGuessWhenAnotherClientWroteSince() {
    cache.put("k", "1");
    caches.failing().loseAnswer(any(Command.CompareAndSet.class));
    caches.racing().after(Command.CompareAndSet.class, () -> rival.put("k", "5"));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(this::increment)
        .withMessage("Cache 'test': scripted lost answer; whether it took effect is unknown");

    assertThat(runs).hasValue(1);
    assertThat(cache.get("k")).isEqualTo("5");
  }

  @Test
  void doesNotGuessWhatBecameOfALostRemoval() {
    cache.put("k", "1");
    caches.failing().loseAnswer(any(Command.CompareAndDelete.class));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.invoke("k", (entry, arguments) -> removed(entry)))
        .withMessageContaining("unknown");

    assertThat(runs).hasValue(1);
  }

  @Test
  void saysSoWhenTheSecondLookFailsToo() {
    cache.put("k", "1");
    caches.failing().loseAnswer(any(Command.CompareAndSet.class));
    caches
        .racing()
        .after(
            Command.CompareAndSet.class,
            () -> caches.failing().fail(any(Command.Get.class), Reason.UNREACHABLE));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(this::increment)
        .withMessageContaining("lost answer; whether it took effect is unknown");

    assertThat(runs).hasValue(1);
  }

  private int increment() {
    return cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.setValue(String.valueOf(Integer.parseInt(entry.getValue()) + 1));
          return runs.incrementAndGet();
        });
  }

  private Void removed(MutableEntry<String, String> entry) {
    runs.incrementAndGet();
    entry.remove();
    return null;
  }
}
