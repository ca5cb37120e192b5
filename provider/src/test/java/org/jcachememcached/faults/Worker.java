package org.jcachememcached.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.jcachememcached.faults.Observation.End;
import org.jspecify.annotations.Nullable;

/** One thread of the load. Not thread-safe, except that it can be stopped. */
final class Worker implements Runnable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEYS_OF_GET_ALL = 8;
  private static final int ONE_OVERSIZED_PUT_OF = 10;

  private final Cache<String, String> cache;
  private final List<OwnedKey> keys;
  private final List<OwnedKey> own;
  private final Workload workload;
  private final Counters counters;
  private final Observation observation;
  private final RandomGenerator random;
  private volatile boolean stopped;

  Worker(
      int number,
      Cache<String, String> cache,
      List<OwnedKey> keys,
      Workload workload,
      Counters counters,
      Observation observation) {
    this.cache = cache;
    this.keys = keys;
    this.own =
        IntStream.range(0, keys.size())
            .filter(i -> i % Load.THREADS == number)
            .mapToObj(keys::get)
            .toList();
    this.workload = workload;
    this.counters = counters;
    this.observation = observation;
    this.random = RandomGeneratorFactory.getDefault().create(number);
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      callOnce();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void callOnce() {
    int dice = random.nextInt(100);
    if (dice < 40) {
      get(anyOf(keys));
    } else if (dice < 50) {
      getAll();
    } else if (dice < 70) {
      put(anyOf(own));
    } else if (dice < 77) {
      remove(anyOf(own));
    } else if (dice < 85) {
      replace(anyOf(own));
    } else {
      counters.increment(random.nextInt(Counters.COUNT));
    }
  }

  private OwnedKey anyOf(List<OwnedKey> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  private void get(OwnedKey key) {
    long oldestAllowed = key.oldestAllowed();
    observation.degradingCall("get", () -> judge(key, oldestAllowed, cache.get(key.name())));
  }

  private void getAll() {
    Map<OwnedKey, Long> oldestAllowed = new HashMap<>();
    Map<String, OwnedKey> asked = new HashMap<>();
    for (int i = 0; i < KEYS_OF_GET_ALL; i++) {
      OwnedKey key = anyOf(keys);
      oldestAllowed.put(key, key.oldestAllowed());
      asked.put(key.name(), key);
    }
    observation.degradingCall(
        "getAll",
        () -> {
          Map<String, String> found = cache.getAll(asked.keySet());
          asked.forEach((name, key) -> judge(key, oldestAllowed.get(key), found.get(name)));
        });
  }

  private void judge(OwnedKey key, long oldestAllowed, @Nullable String text) {
    if (text == null) {
      observation.miss();
      return;
    }
    Versioned found = Versioned.of(key.name(), text);
    if (found == null) {
      observation.wrong(key.name(), text);
    } else if (found.version() < oldestAllowed) {
      observation.stale(key.name(), found.version(), oldestAllowed);
    }
  }

  /** A put outdates what was there before, whatever becomes of it. */
  private void put(OwnedKey key) {
    Versioned value = nextValue(key);
    if (workload.oversize() > 0 && random.nextInt(ONE_OVERSIZED_PUT_OF) == 0) {
      Versioned oversized = new Versioned(key.name(), value.version(), workload.oversize());
      observation.call(() -> cache.put(key.name(), oversized.text()));
    } else {
      observation.degradingCall("put", () -> cache.put(key.name(), value.text()));
    }
    key.updated(value.version());
  }

  private void remove(OwnedKey key) {
    long version = key.nextVersion();
    observation.degradingCall("remove", () -> cache.remove(key.name()));
    key.updated(version);
  }

  private void replace(OwnedKey key) {
    Versioned value = nextValue(key);
    boolean[] replaced = {false};
    End end = observation.call(() -> replaced[0] = cache.replace(key.name(), value.text()));
    if (end == End.ANSWERED && replaced[0]) {
      key.updated(value.version());
    }
  }

  private Versioned nextValue(OwnedKey key) {
    int padding = random.nextInt(workload.longestValue() + 1);
    return new Versioned(key.name(), key.nextVersion(), padding);
  }
}
