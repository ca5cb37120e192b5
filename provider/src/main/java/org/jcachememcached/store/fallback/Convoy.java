package org.jcachememcached.store.fallback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.fallback.Step.Answer;
import org.jcachememcached.store.fallback.Step.Ask;
import org.jcachememcached.store.fallback.Step.Forget;
import org.jcachememcached.store.fallback.Step.Group;

/**
 * The passages of one batch, side by side: what they ask for at the same time goes in one round
 * trip. For one use; not thread-safe, but whoever completes a round goes on with the next one.
 */
final class Convoy {

  private final EntryStore newGroup;
  private final EntryStore oldGroup;
  private final String prefix;
  private final MoveProgress progress;
  private final Step[] steps;
  private final String[] keys;
  private final boolean[] reads;

  /**
   * @param prefix what all keys begin with
   */
  Convoy(
      EntryStore newGroup,
      EntryStore oldGroup,
      String prefix,
      MoveProgress progress,
      List<Passage> passages) {
    this.newGroup = newGroup;
    this.oldGroup = oldGroup;
    this.prefix = prefix;
    this.progress = progress;
    this.steps = passages.stream().map(Passage::begin).toArray(Step[]::new);
    this.reads = new boolean[steps.length];
    for (int i = 0; i < reads.length; i++) {
      reads[i] = passages.get(i).isRead();
    }
    this.keys = passages.stream().map(Passage::key).toArray(String[]::new);
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
    return ask(newGroup, toNew)
        .thenCombine(
            ask(oldGroup, toOld),
            (fromNew, fromOld) -> {
              advance(toNew, fromNew);
              advance(toOld, fromOld);
              fromOld.forEach(this::record);
              return this;
            })
        .thenCompose(Convoy::travel);
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

  private CompletableFuture<List<Reply>> ask(EntryStore group, List<Integer> waiting) {
    if (waiting.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return group.send(waiting.stream().<Command>map(i -> ((Ask) steps[i]).command()).toList());
  }

  private void advance(List<Integer> waiting, List<Reply> replies) {
    for (int i = 0; i < replies.size(); i++) {
      int passage = waiting.get(i);
      steps[passage] = next(passage, replies.get(i));
    }
  }

  /** What a group has deferred, a write asks for again; whoever reads is told of it. */
  private Step next(int passage, Reply reply) {
    if (reply.status() != Reply.Status.DEFERRED) {
      return ((Ask) steps[passage]).then().apply(reply);
    }
    return reads[passage] ? new Answer(reply) : steps[passage];
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
      oldGroup.invalidate(prefix, forgotten);
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
