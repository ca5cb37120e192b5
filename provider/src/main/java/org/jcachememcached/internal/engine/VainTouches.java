package org.jcachememcached.internal.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;

/**
 * The items that the reads of a call have touched although they are no entries, such as tombstones.
 * They are to end when they would have ended unread, so that a read does not keep alive what is of
 * no use. Not thread-safe.
 */
final class VainTouches {

  private final RoundTrip round;
  private Map<String, Command.CompareAndSet> restorations = Map.of();

  /**
   * @param round sends the commands
   */
  VainTouches(RoundTrip round) {
    this.round = round;
  }

  /** Records the item that an operation has read, if the read has touched it in vain. */
  void addIfVain(PendingOperation<?, ?, ?> pending) {
    StoredItem before = pending.snapshot().touchedInVain();
    if (before != null) {
      add(pending.key().wire(), before);
    }
  }

  void add(String key, StoredItem before) {
    if (restorations.isEmpty()) {
      restorations = new LinkedHashMap<>();
    }
    Item same = new Item(before.flags(), before.data(), before.keepUntil());
    restorations.merge(
        key,
        new Command.CompareAndSet(key, same, before.cas()),
        // Touched a second time: only the first read has seen when it was to end.
        (first, second) -> first.cas() == second.cas() ? first : second);
  }

  /** The item was replaced or removed by the call itself. */
  void forget(String key) {
    if (!restorations.isEmpty()) {
      restorations.remove(key);
    }
  }

  /**
   * Adds to the round trip what lets the items end as before, those that are still the same; a
   * failure has no effect.
   */
  void undo() {
    restorations.values().forEach(restoration -> round.add(restoration, reply -> {}));
    restorations = Map.of();
  }
}
