package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.warmup.MigrationStep.Done;
import org.jcachememcached.internal.store.warmup.MigrationStep.Group;
import org.jcachememcached.internal.store.warmup.MigrationStep.Invalidate;
import org.jcachememcached.internal.store.warmup.MigrationStep.Send;

/**
 * Runs the migrating commands of one batch side by side: what they send at the same time goes out
 * in one round trip. For one use. Not thread-safe; one thread at a time runs it, the one that
 * completes a round trip runs the next step.
 */
final class MigrationBatch {

  private final ItemStore cold;
  private final ItemStore warm;
  private final String prefix;
  private final MigrationProgress progress;
  private final MigrationStep[] steps;
  private final String[] keys;
  private final boolean[] reads;

  /**
   * @param prefix the common prefix of all keys
   */
  MigrationBatch(
      ItemStore cold,
      ItemStore warm,
      String prefix,
      MigrationProgress progress,
      List<MigratingCommand> migrating) {
    this.cold = cold;
    this.warm = warm;
    this.prefix = prefix;
    this.progress = progress;
    this.steps = migrating.stream().map(MigratingCommand::begin).toArray(MigrationStep[]::new);
    this.reads = new boolean[steps.length];
    for (int i = 0; i < reads.length; i++) {
      reads[i] = migrating.get(i).isRead();
    }
    this.keys = migrating.stream().map(MigratingCommand::key).toArray(String[]::new);
  }

  /** Runs all commands to their end; the replies are in the order of the commands. */
  CompletableFuture<List<Reply>> run() {
    invalidateWarm();
    List<Integer> toCold = indexesSendingTo(Group.COLD);
    List<Integer> toWarm = indexesSendingTo(Group.WARM);
    if (toCold.isEmpty() && toWarm.isEmpty()) {
      return CompletableFuture.completedFuture(
          Arrays.stream(steps).map(step -> ((Done) step).reply()).toList());
    }
    return send(cold, toCold)
        .thenCombine(
            send(warm, toWarm),
            (coldReplies, warmReplies) -> {
              advance(toCold, coldReplies);
              advance(toWarm, warmReplies);
              warmReplies.forEach(this::recordWarm);
              return this;
            })
        .thenCompose(MigrationBatch::run);
  }

  private List<Integer> indexesSendingTo(Group group) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] instanceof Send send && send.group() == group) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private CompletableFuture<List<Reply>> send(ItemStore group, List<Integer> indexes) {
    if (indexes.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return group.send(indexes.stream().<Command>map(i -> ((Send) steps[i]).command()).toList());
  }

  private void advance(List<Integer> indexes, List<Reply> replies) {
    for (int i = 0; i < replies.size(); i++) {
      int index = indexes.get(i);
      steps[index] = next(index, replies.get(i));
    }
  }

  /** A deferred reply is returned to the caller of a read; a write sends the same command again. */
  private MigrationStep next(int index, Reply reply) {
    if (reply.status() != Reply.Status.DEFERRED) {
      return ((Send) steps[index]).then().apply(reply);
    }
    return reads[index] ? new Done(reply) : steps[index];
  }

  private void invalidateWarm() {
    List<String> invalidated = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] instanceof Invalidate invalidate) {
        invalidated.add(keys[i]);
        steps[i] = invalidate.then();
      }
    }
    if (!invalidated.isEmpty()) {
      warm.invalidate(prefix, invalidated);
    }
  }

  private void recordWarm(Reply reply) {
    if (reply.failure() == null) {
      progress.recordWarmReply();
    } else {
      progress.recordWarmFailure(reply.failure());
    }
  }
}
