package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The keys that a server keeps since a change of the servers, and has not kept before it. It may
 * hold items of them from an earlier time, which others have changed elsewhere since. So before
 * such a key is used for the first time its item is removed, until a sweep has removed all of them.
 * Thread-safe.
 */
final class Gain {

  /** How many keys are remembered. When there are more, all of them are removed once more. */
  private static final int MAX_PREPARED = 100_000;

  private final ServerNode node;
  private final Predicate<String> isGained;
  private final Function<String, String> prefixOf;
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();

  /**
   * @param isGained whether the server keeps a key now, and did not before
   * @param prefixOf the common prefix of the keys of the same cache
   */
  Gain(ServerNode node, Predicate<String> isGained, Function<String, String> prefixOf) {
    this.node = node;
    this.isGained = isGained;
    this.prefixOf = prefixOf;
  }

  ServerNode node() {
    return node;
  }

  /** Removes what is stored for a key, before anything that is sent for it later. */
  void prepare(String key) {
    if (prepared.contains(key) || !isGained.test(key)) {
      return;
    }
    synchronized (this) {
      if (!prepared.contains(key)) {
        node.connectionOf(key).invalidate(prefixOf.apply(key), List.of(key));
        remember(key);
      }
    }
  }

  private void remember(String key) {
    if (prepared.size() >= MAX_PREPARED) {
      prepared.clear();
    }
    prepared.add(key);
  }

  /** Whether the item that is stored for a key, if there is one, may be stale. */
  boolean isInDoubt(String key) {
    return !prepared.contains(key) && isGained.test(key);
  }

  /** Removes the items of keys that are in doubt: those of others may have been stored since. */
  synchronized void sweep(List<String> keys) {
    Map<Connection, Map<String, List<String>>> toRemove = new HashMap<>();
    for (String key : keys) {
      if (isInDoubt(key)) {
        toRemove
            .computeIfAbsent(node.connectionOf(key), unused -> new HashMap<>())
            .computeIfAbsent(prefixOf.apply(key), unused -> new ArrayList<>())
            .add(key);
      }
    }
    toRemove.forEach((connection, byPrefix) -> byPrefix.forEach(connection::invalidate));
  }
}
