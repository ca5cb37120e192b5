package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.warmup.MigrationStep.Answer;
import org.jcachememcached.internal.store.warmup.MigrationStep.Ask;
import org.jcachememcached.internal.store.warmup.MigrationStep.Forget;
import org.jcachememcached.internal.store.warmup.MigrationStep.Group;

/**
 * The passages of one batch, side by side: what they ask for at the same time goes in one round
 * trip. For one use; not thread-safe, but whoever completes a round goes on with the next one.
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
   * @param prefix what all keys begin with
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

  /** Lets all passages come to their end; the replies are in the order of the passages. */
  CompletableFuture<List<Reply>> travel() {
    forget();
    List<Integer> toNew = waitingFor(Group.NEW);
    List<Integer> toOld = waitingFor(Group.OLD);
    if (toNew.isEmpty() && toOld.isEmpty()) {
      return CompletableFuture.completedFuture(
          Arrays.stream(steps).map(step -> ((Answer) step).reply()).toList());
    }
    return ask(cold, toNew)
        .thenCombine(
            ask(warm, toOld),
            (fromNew, fromOld) -> {
              advance(toNew, fromNew);
              advance(toOld, fromOld);
              fromOld.forEach(this::record);
              return this;
            })
        .thenCompose(MigrationBatch::travel);
  }

  private List<Integer> waitingFor(Group group) {
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] instanceof Ask ask && ask.group() == group) {
        waiting.add(i);
      }
    }
    return waiting;
  }

  private CompletableFuture<List<Reply>> ask(ItemStore group, List<Integer> waiting) {
    if (waiting.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return group.send(waiting.stream().<Command>map(i -> ((Ask) steps[i]).command()).toList());
  }

  private void advance(List<Integer> waiting, List<Reply> replies) {
    for (int i = 0; i < replies.size(); i++) {
      int migrating = waiting.get(i);
      steps[migrating] = next(migrating, replies.get(i));
    }
  }

  /** What a group has deferred, a write asks for again; whoever reads is told of it. */
  private MigrationStep next(int migrating, Reply reply) {
    if (reply.status() != Reply.Status.DEFERRED) {
      return ((Ask) steps[migrating]).then().apply(reply);
    }
    return reads[migrating] ? new Answer(reply) : steps[migrating];
  }

  private void forget() {
    List<String> forgotten = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] instanceof Forget forget) {
        forgotten.add(keys[i]);
        steps[i] = forget.then();
      }
    }
    if (!forgotten.isEmpty()) {
      warm.invalidate(prefix, forgotten);
    }
  }

  private void record(Reply ofOldGroup) {
    if (ofOldGroup.failure() == null) {
      progress.recordAnswerOfOldGroup();
    } else {
      progress.recordFailureOfOldGroup(ofOldGroup.failure());
    }
  }
}
