package org.jcachememcached.faults;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.cache.Cache;
import org.jcachememcached.faults.Observation.End;

/** One thread of the load. Not thread-safe, except that it can be stopped. */
final class Worker implements Runnable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEYS_OF_GET_ALL = 8;
  private static final int ONE_OVERSIZED_PUT_OF = 10;

  /** A server takes its time to list its keys. */
  static final int ONE_CLEARING_OF = 500;

  private final Cache<String, String> cache;
  private final List<OwnedKey> keys;
  private final List<OwnedKey> own;
  private final Workload workload;
  private final Counters counters;
  private final Observation observation;
  private final RandomGenerator random;
  private volatile boolean stopped;

  /**
   * @param keys what it reads
   * @param own what it updates, and no other thread does
   */
  Worker(
      int number,
      Cache<String, String> cache,
      List<OwnedKey> keys,
      List<OwnedKey> own,
      Workload workload,
      Counters counters,
      Observation observation) {
    this.cache = cache;
    this.keys = keys;
    this.own = own;
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
    if (workload.clears() && random.nextInt(ONE_CLEARING_OF) == 0) {
      clear();
    } else if (dice < 40) {
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
    observation.degradingCall(
        "get", () -> observation.judge(key, oldestAllowed, cache.get(key.name())));
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
          asked.forEach(
              (name, key) -> observation.judge(key, oldestAllowed.get(key), found.get(name)));
        });
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

  /** A clearing that has failed may have left entries. */
  private void clear() {
    Map<OwnedKey, Long> versions = own.stream().collect(toMap(identity(), OwnedKey::nextVersion));
    if (observation.call(cache::clear) == End.ANSWERED) {
      versions.forEach(OwnedKey::updated);
    }
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
