package org.jcachememcached.internal.operation;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of a cache are loaded anew in the background, see {@link RefreshRules}.
 * Thread-safe.
 *
 * @param rules when that is to be done
 * @param background does it, without waiting
 */
public record Refreshing<K, V>(RefreshRules rules, Consumer<List<RefreshDue<K, V>>> background) {

  /** Nothing is refreshed. */
  public static <K, V> Refreshing<K, V> none() {
    return new Refreshing<>(RefreshRules.NONE, due -> {});
  }

  /** Begins to load the entry anew if it is due. */
  void beginIfDue(
      Snapshot<V> entry,
      OperationContext<K, V> context,
      K key,
      Supplier<? extends @Nullable V> load) {
    if (rules.isDue(entry)) {
      background.accept(List.of(RefreshDue.single(context, key, entry.storeKey(), load)));
    }
  }
}
