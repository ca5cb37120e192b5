package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.HotKey;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads change one key at random: every result, event and count is exact. */
class HotKeyTest {

  private static final String URI = "memory:test?cas.attempts=1000";

  private final TestCaches caches = new TestCaches(URI);
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void close() {
    caches.close();
  }

  private MutableConfiguration<String, String> observed() {
    return TestCaches.configuration()
        .setStatisticsEnabled(true)
        .addCacheEntryListenerConfiguration(listener.synchronous());
  }

  @Test
  void oneManager() {
    Cache<String, String> cache = caches.open(observed());

    HotKey played = HotKey.play(List.of(cache));

    played.verifyStatistics(caches.statistics());
    played.verifyTotal(cache);
    played.verifyEvents(listener.events());
    assertThat(played.unknown()).isZero();
    assertThat(played.failures()).isZero();
  }

  @Test
  void twoManagers() {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());

    HotKey played = HotKey.play(List.of(cache, rival));

    played.verifyTotal(cache);
    assertThat(played.unknown()).isZero();
    assertThat(played.failures()).isZero();
  }

  @Test
  void lostReplies() {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().beforeEach(Command.Get.class, this::loseSomething);

    HotKey played = HotKey.play(List.of(cache, rival));

    played.verifyTotal(cache);
    assertThat(played.failures()).isZero();
  }

  private void loseSomething() {
    switch (ThreadLocalRandom.current().nextInt(40)) {
      case 0 -> caches.failing().loseAnswer(command -> !(command instanceof Command.Get));
      case 1 -> caches.failing().loseCommand(command -> !(command instanceof Command.Get));
      default -> {}
    }
  }

  @Test
  void otherChangesThanProcessors() {
    Cache<String, String> cache = caches.open(observed());

    HotKey played = HotKey.play(List.of(cache), HotKey.Play.CHANGES);

    played.verifyTotal(cache);
    played.verifyEvents(listener.events());
    assertThat(played.unknown()).isZero();
    assertThat(played.failures()).isZero();
  }
}
