package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sweeps of servers that have gained keys: each is searched for items that it has stored for
 * them at an earlier time, which are removed. Thread-safe.
 */
final class Gains implements AutoCloseable {

  /** How many servers are searched at the same time. */
  private static final int MAX_SWEEPS = 4;

  private final Set<String> prefixes = ConcurrentHashMap.newKeySet();
  private final Map<Gain, GainSweep> sweeps = new HashMap<>();
  private boolean closed;

  /** Announces that there are items below the prefix. */
  void announce(String prefix) {
    prefixes.add(prefix);
  }

  /** The server gains keys by a change, and is searched for them. */
  synchronized void add(ServerNode node, Fleet before, Fleet after) {
    Gain gain =
        new Gain(
            node, key -> after.nodeOf(key) == node && before.nodeOf(key) != node, this::prefixOf);
    node.add(gain);
    sweeps.put(gain, new GainSweep(gain, prefixes));
  }

  private String prefixOf(String key) {
    return prefixes.stream().filter(key::startsWith).findFirst().orElse(key);
  }

  /** Begins the sweeps that are due; to be called at short intervals. */
  synchronized void tick() {
    if (closed) {
      return;
    }
    for (GainSweep sweep : new ArrayList<>(sweeps.values())) {
      if (sweep.isDone() || !sweep.gain().node().hasGains()) {
        sweep.gain().node().remove(sweep.gain());
        sweeps.remove(sweep.gain());
      } else if (sweep.isDue() && sweepsUnderWay() < MAX_SWEEPS) {
        sweep.start();
      }
    }
  }

  private long sweepsUnderWay() {
    return sweeps.values().stream().filter(GainSweep::isUnderWay).count();
  }

  /** Whether a server may still hold items of an earlier time. */
  synchronized boolean areLeft() {
    return !sweeps.isEmpty();
  }

  /** Ends the sweeps. */
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(sweeps.values()).forEach(GainSweep::stop);
  }
}
