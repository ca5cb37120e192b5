package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.event.Event;
import org.jcachememcached.integration.WriteThrough;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.management.Tally;
import org.jcachememcached.store.Command;
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
  private final List<Attempt<K, V, R>> attempts;
  private final Tally tally = new Tally();
  private final Conversation conversation;
  private final Setbacks<K, V, R> setbacks;
  private final Nesting nesting = new Nesting(this::isOpen);
  private final List<Event<K, V>> events = new ArrayList<>(0);

  Call(
      EngineParts<K, V> parts, Conversation conversation, List<Attempt<K, V, R>> attempts) {
    this.parts = parts;
    this.conversation = conversation;
    this.attempts = attempts;
    this.setbacks = new Setbacks<>(parts, conversation, tally);
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
      results.add(attempt.outcome().result());
    }
    return results;
  }

  /** Decides what blind commands can decide; the rest stays open. */
  void takeShortcuts() {
    Round<K, V, R> round = new Round<>();
    List<Shortcut<K, V, R>> shortcuts = new ArrayList<>(0);
    long now = parts.clock().millis();
    for (Attempt<K, V, R> attempt : attempts) {
      Shortcut<K, V, R> shortcut = attempt.operation().shortcut(now);
      if (shortcut != null) {
        try {
          round.add(attempt, shortcut.command(parts.format(), attempt.key(), attempt.newWriteId()));
          shortcuts.add(shortcut);
        } catch (CodecException e) {
          setbacks.cannotBeEncoded(attempt, e, shortcut.removal(attempt.key()));
        }
      }
    }
    round.send(conversation, (attempt, reply, i) -> judge(attempt, shortcuts.get(i), reply));
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

  /** Carries out whatever is open. */
  void loop() {
    for (int lost = 0; isOpen(); lost++) {
      if (lost == parts.limits().attempts()) {
        giveUp(lost);
      } else {
        if (lost > 0) {
          parts.backoff().pause(lost);
        }
        look();
        nesting.around(this::applyAndTellWriter);
        store();
      }
    }
    publish();
  }

  /** Looks at what has not been seen. */
  void look() {
    Round<K, V, R> round = new Round<>();
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen() && !attempt.hasSeen()) {
        round.add(attempt, new Command.Get(attempt.key().wire()));
      }
    }
    round.send(conversation, (attempt, reply, i) -> see(attempt, reply));
  }

  private void see(Attempt<K, V, R> attempt, Reply reply) {
    if (reply.failure() != null) {
      setbacks.storeFailed(attempt, reply.failure(), null);
      return;
    }
    attempt.see(
        reply.item() == null
            ? Snapshot.absent()
            : parts.format().snapshot(attempt.key(), reply.item(), parts.clock().millis()));
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
    attempts.forEach(Attempt::lose);
  }

  private void applyAndTellWriter() {
    apply();
    tellWriter();
  }

  private void apply() {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        try {
          attempt.apply(parts.clock().millis());
          prepare(attempt);
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
        attempts.stream().filter(a -> a.isOpen() && a.outcome().writeThrough() != null).toList();
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
    List<Attempt<K, V, R>> storing = attempts;
    while (!storing.isEmpty()) {
      storing = store(storing);
    }
  }

  /**
   * Stores what some of the operations want.
   *
   * @return those that have to go on without their item, because the store does not take it
   */
  private List<Attempt<K, V, R>> store(List<Attempt<K, V, R>> storing) {
    Round<K, V, R> round = new Round<>();
    for (Attempt<K, V, R> attempt : storing) {
      if (attempt.isOpen()) {
        Command command = attempt.command();
        if (command == null) {
          win(attempt, attempt.outcome());
        } else if (attempt.isCourtesy() && Nesting.isUnderWay(attempt.key().wire())) {
          // It would make the call around this one lose the race.
          decide(attempt, attempt.outcome());
        } else {
          round.add(attempt, command);
        }
      }
    }
    List<Attempt<K, V, R>> leftOut = new ArrayList<>(0);
    round.send(
        conversation,
        (attempt, reply, i) -> {
          if (setbacks.leavesOut(attempt, reply.failure())) {
            prepare(attempt);
            leftOut.add(attempt);
          } else {
            conclude(attempt, reply);
          }
        });
    return leftOut;
  }

  private void conclude(Attempt<K, V, R> attempt, Reply reply) {
    StoreException refusal = reply.failure();
    if (reply.status() == Reply.Status.DONE) {
      tellOfChange(attempt, reply);
      win(attempt, attempt.outcome());
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
    events.addAll(outcome.events());
  }

  private void decide(Attempt<K, V, R> attempt, Outcome<K, V, R> outcome) {
    attempt.decide(outcome);
    tally.add(outcome.tally());
    if (outcome.writeThrough() == null) {
      setbacks.withdrawWhatWriterKnows(attempt);
    }
  }

  /**
   * Ends a call that an error has broken off: what has come to pass is published, and what the
   * writer knows of the rest is withdrawn.
   */
  void breakOff() {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        setbacks.brokenOff(attempt);
      }
    }
    publish();
  }

  private void publish() {
    if (!events.isEmpty()) {
      try {
        List<Event<K, V>> due = List.copyOf(events);
        events.clear();
        parts.publisher().accept(due);
      } catch (RuntimeException e) {
        setbacks.note(e);
      }
    }
  }

  private void giveUp(int lost) {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        setbacks.lostTooOften(attempt, lost);
      }
    }
  }
}
