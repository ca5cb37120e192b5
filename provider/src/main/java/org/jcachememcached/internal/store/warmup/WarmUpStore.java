package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The store of one cache on two groups of servers, for migrating a running fleet from the old
 * servers (the warm group) to the new ones (the cold group): entries that the cold group does not
 * hold yet are copied when they are read, so that no cache starts empty. Thread-safe.
 *
 * <p><b>The invariant:</b> the cold group is authoritative. An entry is in the cold group, or it is
 * in the warm group and has been neither written nor removed since the migration began.
 *
 * <p><b>Reading.</b> A reader that finds a key in the warm group only adds a placeholder to the
 * cold group, reads the placeholder's CAS value, <em>then</em> reads the warm group, and replaces
 * the placeholder by compare-and-set. It treats any placeholder as its own: of several readers one
 * succeeds, and all return the same entry. No reader waits for another one, and the placeholder of
 * a reader that dies is used by the next.
 *
 * <p><b>Writing.</b> A write or a removal first migrates the entry, then clears the warm group,
 * then changes the cold group, then clears the warm group again. The possible races:
 *
 * <ul>
 *   <li><i>A reader has read the old value, a writer removes it, the reader stores it.</i> The
 *       writer changed the cold group after it had cleared the warm one. If the reader's
 *       placeholder is older than that change, the change replaced it, and the compare-and-set
 *       fails. If it is younger, the warm group was already clear when the reader read it, because
 *       that happens after reading the CAS value. This depends neither on clocks nor on the
 *       placeholder's lifetime: a placeholder that has expired makes the compare-and-set fail.
 *   <li><i>Two readers, two writers.</i> The compare-and-set on the cold group decides, as without
 *       a migration. A command that was misled by a placeholder, such as an add that found one
 *       present, starts again.
 *   <li><i>A reader reads the cold group before a key is migrated and the warm group after.</i> So
 *       a miss is final only after the cold group was read again; nothing moves from the cold group
 *       to the warm one, thus absent now means absent or removed.
 *   <li><i>The JVM ends between two steps.</i> The warm group is cleared before the cold group
 *       changes, so what remains is the unchanged entry, in the cold group.
 *   <li><i>Another JVM has the groups configured the other way round</i>, in the middle of a
 *       rollout, and migrates the entry to the warm group after it was cleared: the second clearing
 *       removes it, or the other JVM's placeholder.
 * </ul>
 *
 * <p><b>Writing to both</b> ({@link FallbackWrites#BOTH}) clears the warm group by a placeholder
 * and replaces that by a copy, with compare-and-set, once the cold group has changed; if the
 * placeholder is gone by then, it deletes the item there. So of two writers only the one whose
 * placeholder came last can leave a copy; if the other one changed the cold group later, it deletes
 * the copy afterwards. When no call is under way, the warm group holds what the cold one holds, or
 * nothing. Copies are marked and serve clients of the warm group alone: they are never migrated, so
 * a copy that is about to be deleted cannot come back.
 *
 * <p><b>A warm group that does not answer</b> is treated as empty, after one timeout per call; what
 * is written or removed meanwhile is {@linkplain ItemStore#invalidate invalidated} there before the
 * cold group changes. Other JVMs that still reach the warm group do not know of these
 * invalidations: while some JVMs reach it and some do not, the former may migrate an entry that the
 * latter have removed.
 *
 * <p>Consecutive commands: 1 for a get that finds its key in the cold group, 3 for one that finds
 * it in neither, 7 for one that migrates it; 4 for a write of a key in the cold group, 5 when it
 * goes to both; 3 for a compare-and-set, 4 when it goes to both.
 */
public final class WarmUpStore implements ItemStore {

  private final ItemStore cold;
  private final ItemStore warm;
  private final MigrationMode mode;
  private final WarmUpCodec codec;
  private final String prefix;
  private final MigrationProgress progress;

  /**
   * The store owns both groups and closes them.
   *
   * @param prefix the common prefix of all keys of the cache
   */
  public WarmUpStore(
      ItemStore cold, ItemStore warm, FallbackWrites writes, WarmUpCodec codec, String prefix) {
    this(
        cold,
        warm,
        MigrationMode.of(writes),
        codec,
        prefix,
        new MigrationProgress("The old servers (setting 'fallback.servers')"));
  }

  WarmUpStore(
      ItemStore cold,
      ItemStore warm,
      MigrationMode mode,
      WarmUpCodec codec,
      String prefix,
      MigrationProgress progress) {
    this.cold = cold;
    this.warm = warm;
    this.mode = mode;
    this.codec = codec;
    this.prefix = prefix;
    this.progress = progress;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    List<MigratingCommand> migrating = new ArrayList<>(commands.size());
    for (Command command : commands) {
      migrating.add(new MigratingCommand(command, mode, codec, progress));
    }
    return new MigrationBatch(cold, warm, prefix, progress, migrating).run();
  }

  @Override
  public KeyScan scan(String prefix) {
    return new MigratingScan(this, cold, warm, progress, prefix);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    invalidate(prefix, keys, () -> {});
  }

  /**
   * As {@link #invalidate(String, List)}.
   *
   * @param whenDone is run when nothing more follows
   */
  void invalidate(String prefix, List<String> keys, Runnable whenDone) {
    cold.invalidate(prefix, keys);
    warm.invalidate(prefix, keys);
    // A reader that had read the warm group before may still copy the entry: remove it.
    List<Command.Delete> deletes = keys.stream().map(Command.Delete::new).toList();
    CompletableFuture<Void> unawaited =
        send(deletes)
            .thenAccept(replies -> invalidateFailed(prefix, keys, replies))
            .whenComplete((unused, failure) -> whenDone.run());
    unawaited.isDone();
  }

  private void invalidateFailed(String prefix, List<String> keys, List<Reply> replies) {
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i).failure() != null) {
        failed.add(keys.get(i));
      }
    }
    if (!failed.isEmpty()) {
      cold.invalidate(prefix, failed);
    }
  }

  /** The {@link org.jcachememcached.api.MigrationStats}, and what the cold group unwraps to. */
  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(progress) ? type.cast(progress) : cold.unwrap(type);
  }

  @Override
  public void close() {
    try (warm) {
      cold.close();
    }
  }
}
