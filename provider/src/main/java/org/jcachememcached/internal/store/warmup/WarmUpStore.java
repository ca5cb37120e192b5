package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.api.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The store of one cache on two groups of servers, while a fleet moves from the old group to the
 * new one: what the new group does not hold yet is carried over when it is asked for, so that
 * nobody begins with a cold cache. Thread-safe.
 *
 * <p><b>The rule</b> that everything follows from: the new group decides. An entry is in the new
 * group, or it waits in the old one and nobody has written or removed it since the move began.
 *
 * <p><b>Carrying over.</b> A reader that finds a key in the old group alone puts a placeholder into
 * the new one with add, reads the placeholder's token, <em>then</em> reads the old group, and
 * replaces the placeholder by compare-and-set. It takes any placeholder for its own: of many
 * readers one succeeds, and all find the same entry. Nobody waits for anybody, and a reader that
 * dies leaves a placeholder that the next one uses.
 *
 * <p><b>Writing.</b> A write or a removal first carries the entry over, then clears the old group,
 * then changes the new one, then clears the old group again. The races, one by one:
 *
 * <ul>
 *   <li><i>A reader has read the old value, a writer removes it, the reader fills it in.</i> The
 *       writer changed the new group after it had cleared the old one. If the placeholder that the
 *       reader holds is older than that change, the change took it away, and the compare-and-set
 *       fails. If it is younger, the old group was clear when the reader read it, after it had the
 *       token. No clock takes part, nor does the placeholder's lifetime: one that is gone makes a
 *       fill fail, never succeed.
 *   <li><i>Two readers, two writers.</i> The new group's compare-and-set decides, as without a
 *       move. A command that a placeholder misled, such as an add that found one present, settles
 *       the key again.
 *   <li><i>A reader asks the new group before the move of the key and the old one after.</i> So a
 *       miss is believed only after the new group was asked again; nothing goes from there to the
 *       old group, thus absent now means absent or removed.
 *   <li><i>The JVM ends between two steps.</i> The old group is cleared before the new one changes,
 *       so what is left is the entry as it was, in the new group.
 *   <li><i>Another JVM has the groups the other way round</i>, in the middle of a rollout, and
 *       moves the entry to the old group after it was cleared: that is what the second clearing is
 *       for. A placeholder of the other JVM goes with it.
 * </ul>
 *
 * <p><b>Writing to both</b> ({@link FallbackWrites#BOTH}) clears the old group by a placeholder and
 * replaces that by a copy, compare-and-set, once the new group has changed; if the placeholder was
 * lost meanwhile it deletes whatever is there. So of two writers only one can leave a copy, and
 * only the one whose placeholder came last; if the other changed the new group later, it deletes
 * the copy afterwards. When all is quiet, the old group holds what the new one holds, or nothing.
 * Copies are marked, and are for clients of the old group alone: none is ever carried over, so that
 * a copy which is about to be deleted cannot come back.
 *
 * <p><b>An old group that does not answer</b> is taken for one that holds nothing, after one
 * timeout per call; what is written or removed meanwhile is {@linkplain ItemStore#invalidate
 * invalidated} there before the new group changes. Other JVMs that still reach the old group do not
 * know of that: while some reach it and some do not, those may carry over an entry which these have
 * removed.
 *
 * <p>Commands one after the other: 1 for a get that finds its key in the new group, 3 for one that
 * finds it nowhere, 7 for one that carries it over; 4 for a write of a key in the new group, 5 when
 * it goes to both; 3 for a compare-and-set, 4 when it goes to both.
 */
public final class WarmUpStore implements ItemStore {

  private final ItemStore cold;
  private final ItemStore warm;
  private final FallbackWrites writes;
  private final WarmUpCodec form;
  private final String prefix;
  private final MigrationProgress progress = new MigrationProgress();

  /**
   * Both groups belong to this store and are closed with it.
   *
   * @param prefix what all keys of the cache begin with
   */
  public WarmUpStore(
      ItemStore cold, ItemStore warm, FallbackWrites writes, WarmUpCodec form, String prefix) {
    this.cold = cold;
    this.warm = warm;
    this.writes = writes;
    this.form = form;
    this.prefix = prefix;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    List<MigratingCommand> migrating = new ArrayList<>(commands.size());
    for (Command command : commands) {
      migrating.add(new MigratingCommand(command, writes, form, progress));
    }
    return new MigrationBatch(cold, warm, prefix, progress, migrating).travel();
  }

  @Override
  public KeyScan scan(String prefix) {
    return new MigratingScan(this, cold, warm, progress, prefix);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    cold.invalidate(prefix, keys);
    warm.invalidate(prefix, keys);
    // A fill that had read the old group before may come in between: a removal catches it.
    List<Command.Delete> deletes = keys.stream().map(Command.Delete::new).toList();
    CompletableFuture<Void> unawaited =
        send(deletes).thenAccept(replies -> invalidateFailed(prefix, keys, replies));
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

  /** The {@link MigrationProgress}, and what the new group is made of. */
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
