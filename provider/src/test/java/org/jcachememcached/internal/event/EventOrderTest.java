package org.jcachememcached.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jcachememcached.TestCaches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever calls race, listeners receive the changes of a key in the order in which they were made:
 * every event begins with what the one before has left, and the last one with what is stored.
 */
@Timeout(120)
class EventOrderTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 400;
  private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

  private final TestCaches caches = new TestCaches();
  private final ChainListener listener = new ChainListener();

  @AfterEach
  void close() {
    caches.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isThatOfTheChanges(boolean synchronous) throws Exception {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            new SingletonFactory<>(listener), null, true, synchronous));
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread = new Thread(() -> change(cache, number, start));
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(100));
    }
    Map<String, String> stored = cache.getAll(Set.copyOf(KEYS));
    cache.close();

    assertThat(failures).isEmpty();
    assertThat(listener.breaks).isEmpty();
    assertThat(listener.present).isEqualTo(stored);
  }

  private static void change(Cache<String, String> cache, int number, CyclicBarrier start) {
    Random random = new Random(number);
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 50 == 0) {
        await(start);
      }
      String value = number + "." + round;
      switch (random.nextInt(7)) {
        case 0 -> cache.put(KEYS.get(random.nextInt(KEYS.size())), value);
        case 1 -> cache.remove(KEYS.get(random.nextInt(KEYS.size())));
        case 2 -> cache.removeAll(Set.of("b", "d", "f"));
        case 3 ->
            cache.invokeAll(
                Set.copyOf(KEYS),
                (entry, arguments) -> {
                  entry.setValue(value);
                  return null;
                });
        case 4 -> removeOne(cache.iterator());
        default -> cache.putAll(all(value));
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void removeOne(Iterator<?> entries) {
    if (entries.hasNext()) {
      entries.next();
      entries.remove();
    }
  }

  private static Map<String, String> all(String value) {
    Map<String, String> all = new HashMap<>();
    KEYS.forEach(key -> all.put(key, value));
    return all;
  }

  /** Checks each event against the one before on the same key. */
  private static final class ChainListener
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String> {

    final Map<String, String> present = new ConcurrentHashMap<>();
    final Set<String> breaks = ConcurrentHashMap.newKeySet();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      for (CacheEntryEvent<? extends String, ? extends String> event : events) {
        check(event, present.put(event.getKey(), event.getValue()) == null);
      }
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      for (CacheEntryEvent<? extends String, ? extends String> event : events) {
        check(event, event.getOldValue().equals(present.put(event.getKey(), event.getValue())));
      }
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      for (CacheEntryEvent<? extends String, ? extends String> event : events) {
        check(event, event.getOldValue().equals(present.remove(event.getKey())));
      }
    }

    private void check(CacheEntryEvent<?, ?> event, boolean follows) {
      if (!follows) {
        breaks.add(event.toString());
      }
    }
  }
}
