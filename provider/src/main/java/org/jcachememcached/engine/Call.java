package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.integration.WriteThrough;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.management.Tally;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One call to the cache, of one operation or of many, from the first look to the last store.
 *
 * <p>Its heart is the compare-and-set loop: look, apply, tell the writer, store on condition that
 * nothing has changed, and once more for those that lost the race. Statistics and events are those
 * of the round that won. A conditional store whose answer was lost is not repeated blindly: the
 * next look tells whether it happened. Operations of one call do not depend on each other: one that
 * fails keeps none of the others from being carried out. Not thread-safe.
 */
final class Call<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final CommitOrder commits;
  private final List<Attempt<K, V, R>> attempts;
  private final Conversation conversation;
  private final Tally tally = new Tally();
  private final Setbacks<K, V, R> setbacks;
  private final Happenings<K, V> happenings;
  private final Nesting nesting = new Nesting(this::isOpen);

  Call(
      EngineParts<K, V> parts,
      CommitOrder commits,
      Conversation conversation,
      List<Attempt<K, V, R>> attempts) {
    this.parts = parts;
    this.commits = commits;
    this.conversation = conversation;
    this.attempts = attempts;
    this.setbacks = new Setbacks<>(parts, conversation, tally);
    this.happenings = new Happenings<>(parts.publisher());
  }

  /** What the statistics gain. */
  Tally tally() {
    return tally;
  }

  boolean isOpen() {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOpen(String key) {
    return attempts.stream().anyMatch(a -> a.isOpen() && a.key().wire().equals(key));
  }

  /** The answers, in the order of the operations; if one of them failed, its exception. */
  List<R> results() {
    RuntimeException failure = setbacks.failure();
    if (failure != null) {
      throw failure;
    }
    List<R> results = new ArrayList<>(attempts.size());
    for (Attempt<K, V, R> attempt : attempts) {
      results.add(attempt.result());
    }
    return results;
  }

  /** Decides what blind commands can decide; the rest stays open. */
  void takeShortcuts() {
    Round round = newRound();
    long now = parts.clock().millis();
    for (Attempt<K, V, R> attempt : attempts) {
      Shortcut<K, V, R> shortcut = attempt.operation().shortcut(now);
      if (shortcut != null) {
        try {
          round.add(
              shortcut.command(parts.format(), attempt.key(), attempt.newWriteId()),
              reply -> judge(attempt, shortcut, reply));
        } catch (CodecException e) {
          setbacks.cannotBeEncoded(attempt, e, shortcut.removal(attempt.key()));
        }
      }
    }
    round.send();
  }

  private Round newRound() {
    return new Round(conversation, parts.limits().pageSize());
  }

  private void judge(Attempt<K, V, R> attempt, Shortcut<K, V, R> shortcut, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal == null) {
      Outcome<K, V, R> outcome = shortcut.verdict().apply(reply.status());
      if (outcome != null) {
        tellOfChange(attempt, reply);
        decide(attempt, outcome);
      }
      return;
    }
    if (setbacks.leavesOut(attempt, refusal)) {
      // The answer depends on the entry, or there is an older one to remove: that needs a look.
      return;
    }
    Outcome<K, V, R> wanted =
        shortcut.isConditional() ? shortcut.verdict().apply(Reply.Status.DONE) : null;
    if (refusal.isOutcomeUnknown() && wanted != null) {
      attempt.doubt(wanted, refusal);
    } else {
      setbacks.storeFailed(attempt, refusal, shortcut.removal(attempt.key()));
    }
  }

  /** Carries out whatever is open, as much at a time as memory has to hold at once. */
  void loop() {
    while (isOpen()) {
      goRound();
    }
  }

  /** The same while nothing is held: the listeners are told as it goes on. */
  void loopAndPublish() {
    while (isOpen()) {
      goRound();
      publish();
    }
  }

  private void goRound() {
    look();
    nesting.around(this::applyAndTellWriter);
    store();
    faceLosses();
  }

  private void faceLosses() {
    int most = 0;
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && attempt.losses() >= parts.limits().attempts()) {
        setbacks.lostTooOften(attempt, attempt.losses());
      } else if (attempt.isOpen()) {
        most = Math.max(most, attempt.losses());
      }
    }
    if (most > 0) {
      parts.backoff().pause(most);
    }
  }

  /** Looks at what has not been seen, unless something that was seen is still to be applied. */
  void look() {
    commits.inOrder(keysWhere(Attempt::mayTurnOutToHaveEvents), this::lookAtOnce);
  }

  private void lookAtOnce() {
    Round round = newRound();
    int room = parts.limits().pageSize().next();
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && attempt.hasSeen()) {
        return;
      }
      if (attempt.isOpen() && room-- > 0) {
        round.add(new Command.Get(attempt.key().wire()), reply -> see(attempt, reply));
      }
    }
    round.send();
    happenings.enlist();
  }

  private void see(Attempt<K, V, R> attempt, Reply reply) {
    if (reply.status() == Reply.Status.DEFERRED) {
      return;
    }
    if (reply.failure() != null) {
      setbacks.storeFailed(attempt, reply.failure(), null);
      return;
    }
    attempt.see(parts.format().snapshot(attempt.key(), reply.item(), parts.clock().millis()));
    for (Doubt<K, V, R> doubt : attempt.doubts()) {
      switch (doubt.find(attempt.seen())) {
        case DONE -> win(attempt, doubt.outcome());
        case UNKNOWN -> setbacks.outcomeUnknown(attempt);
        case NOT_DONE -> {}
      }
      if (!attempt.isOpen()) {
        return;
      }
    }
  }

  /** Forgets what was seen, because somebody has worked on it since. */
  void forget() {
    attempts.forEach(Attempt::forget);
  }

  private void applyAndTellWriter() {
    apply();
    tellWriter();
  }

  private void apply() {
    long bytes = 0;
    long largest = 0;
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && attempt.hasSeen() && bytes + largest <= EntryStore.ANSWER_BYTES) {
        try {
          attempt.apply(parts.clock().millis());
          prepare(attempt);
          bytes += attempt.itemBytes();
          largest = Math.max(largest, attempt.itemBytes());
        } catch (RuntimeException e) {
          setbacks.operationFailed(attempt, e);
        }
      }
    }
  }

  private void prepare(Attempt<K, V, R> attempt) {
    try {
      attempt.prepare(parts.format(), parts.clock().millis());
    } catch (CodecException e) {
      setbacks.cannotBeEncoded(attempt, e, attempt.removal());
    }
  }

  /** Tells the writer, before the store is told (JSR-107 section 7.2). */
  private void tellWriter() {
    WriterGate<K, V> writer = parts.writer();
    if (writer == null) {
      return;
    }
    List<Attempt<K, V, R>> telling =
        attempts.stream()
            .filter(a -> a.isOpen() && a.isApplied() && a.outcome().writeThrough() != null)
            .toList();
    if (telling.size() == 1) {
      tellAlone(writer, telling.get(0));
    } else if (!telling.isEmpty()) {
      tellTogether(writer, telling);
    }
  }

  private void tellAlone(WriterGate<K, V> writer, Attempt<K, V, R> attempt) {
    try {
      writer.call(Objects.requireNonNull(attempt.outcome().writeThrough()));
      attempt.tellWriter();
    } catch (RuntimeException e) {
      setbacks.note(e);
      setbacks.abandon(attempt);
    } catch (Error e) {
      // How far the writer got before it, nobody knows.
      attempt.tellWriter();
      throw e;
    }
  }

  private void tellTogether(WriterGate<K, V> writer, List<Attempt<K, V, R>> telling) {
    List<WriteThrough<K, V>> calls = new ArrayList<>(telling.size());
    telling.forEach(attempt -> calls.add(Objects.requireNonNull(attempt.outcome().writeThrough())));
    WriterGate.Refusal<K> refusal;
    try {
      refusal = writer.callAll(calls);
    } catch (Error e) {
      telling.forEach(Attempt::tellWriter);
      throw e;
    }
    for (Attempt<K, V, R> attempt : telling) {
      if (refusal.covers(attempt.operation().key())) {
        setbacks.abandon(attempt);
      } else {
        attempt.tellWriter();
      }
    }
    if (refusal.cause() != null) {
      setbacks.note(refusal.cause());
    }
  }

  /** Stores what is wanted, on condition that the entries are still what was seen. */
  private void store() {
    do {
      commits.inOrder(keysWhere(Attempt::hasEvents), this::storeAtOnce);
      // What is left are those that have to go on without their item.
    } while (!keysWhere(Attempt::isApplied).isEmpty());
  }

  private void storeAtOnce() {
    Round round = newRound();
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && attempt.isApplied()) {
        Command command = attempt.command();
        if (command == null) {
          win(attempt, attempt.outcome());
        } else if (attempt.isCourtesy() && Nesting.isUnderWay(attempt.key().wire())) {
          // It would make the call around this one lose the race.
          decide(attempt, attempt.outcome());
        } else {
          round.add(command, reply -> conclude(attempt, reply));
        }
      }
    }
    round.send();
    happenings.enlist();
  }

  private List<String> keysWhere(Predicate<Attempt<K, V, R>> condition) {
    List<String> keys = new ArrayList<>(0);
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && condition.test(attempt)) {
        keys.add(attempt.key().wire());
      }
    }
    return keys;
  }

  private void conclude(Attempt<K, V, R> attempt, Reply reply) {
    StoreException refusal = reply.failure();
    if (reply.status() == Reply.Status.DONE) {
      tellOfChange(attempt, reply);
      win(attempt, attempt.outcome());
    } else if (setbacks.leavesOut(attempt, refusal)) {
      prepare(attempt);
    } else if (attempt.isCourtesy() || (refusal == null && attempt.outcome().isOptional())) {
      // The answer stands; what did not come to pass needs no event.
      decide(attempt, attempt.outcome());
    } else if (refusal == null) {
      lose(attempt);
    } else if (refusal.isOutcomeUnknown()) {
      attempt.doubt(attempt.outcome(), refusal);
    } else {
      setbacks.storeFailed(attempt, refusal, attempt.removal());
    }
  }

  private void tellOfChange(Attempt<K, V, R> attempt, Reply reply) {
    if (reply.status() == Reply.Status.DONE) {
      Nesting.tellOfChange(attempt.key().wire());
    }
  }

  /** Somebody else was faster. Code of the application that does so once may not do so again. */
  private void lose(Attempt<K, V, R> attempt) {
    if (!nesting.hasChanged(attempt.key().wire())) {
      attempt.lose();
    } else if (attempt.loseToItself() > 1) {
      setbacks.lostToItself(attempt);
    }
  }

  private void win(Attempt<K, V, R> attempt, Outcome<K, V, R> outcome) {
    decide(attempt, outcome);
    happenings.add(attempt.key().wire(), outcome.events(), attempt.bytes());
  }

  private void decide(Attempt<K, V, R> attempt, Outcome<K, V, R> outcome) {
    setbacks.reportPassedOver(attempt);
    if (outcome.failure() != null) {
      setbacks.note(outcome.failure());
    }
    attempt.decide(outcome);
    tally.add(outcome.tally());
    if (outcome.writeThrough() == null) {
      setbacks.withdrawWhatWriterKnows(attempt);
    }
  }

  /**
   * Ends the call, to be called while nothing is held: withdraws what an error has broken off, and
   * tells the listeners of what has happened nevertheless.
   */
  void end() {
    try {
      for (Attempt<K, V, R> attempt : attempts) {
        if (attempt.isOpen()) {
          setbacks.brokenOff(attempt);
        }
      }
    } finally {
      publish();
    }
  }

  /** Tells the listeners of what has happened; to be called while nothing is held. */
  private void publish() {
    happenings.publish(setbacks::note);
  }
}
