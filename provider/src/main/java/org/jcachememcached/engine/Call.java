package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.cache.CacheException;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.event.Event;
import org.jcachememcached.integration.WriteThrough;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.management.Tally;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One call to the cache, of one operation or of many, from the first look to the last store.
 *
 * <p>Its heart is the compare-and-set loop: look, apply, tell the writer, store on condition that
 * nothing has changed, and once more for those that lost the race. Statistics and events are those
 * of the round that won. Operations of one call do not depend on each other: one that fails keeps
 * none of the others from being carried out. Not thread-safe.
 */
final class Call<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final List<Attempt<K, V, R>> attempts;
  private final Tally tally = new Tally();
  private final List<Event<K, V>> events = new ArrayList<>(0);
  private @Nullable RuntimeException failure;

  Call(EngineParts<K, V> parts, List<Attempt<K, V, R>> attempts) {
    this.parts = parts;
    this.attempts = attempts;
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

  /** The answers, in the order of the operations; if one of them failed, its exception. */
  List<R> results() {
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
          round.add(attempt, shortcut.command(parts.format(), attempt.key()));
          shortcuts.add(shortcut);
        } catch (CodecException e) {
          fail(attempt, e);
          withdrawOutdated(attempt, shortcut);
        }
      }
    }
    round.send(parts.store(), (attempt, reply, i) -> judge(attempt, shortcuts.get(i), reply));
  }

  private void judge(Attempt<K, V, R> attempt, Shortcut<K, V, R> shortcut, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal != null) {
      fail(attempt, refusal);
      if (refusal.reason() == Reason.TOO_LARGE) {
        withdrawOutdated(attempt, shortcut);
      }
      return;
    }
    Outcome<K, V, R> outcome = shortcut.verdict().apply(reply.status());
    if (outcome != null) {
      attempt.decide(outcome);
      tally.add(outcome.tally());
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
        apply();
        tellWriter();
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
    round.send(parts.store(), (attempt, reply, i) -> see(attempt, reply));
  }

  private void see(Attempt<K, V, R> attempt, Reply reply) {
    if (reply.failure() != null) {
      fail(attempt, reply.failure());
    } else if (reply.item() != null) {
      long now = parts.clock().millis();
      attempt.see(parts.format().snapshot(attempt.key(), reply.item(), now));
    } else {
      attempt.see(Snapshot.absent());
    }
  }

  /** Forgets what was seen, because somebody has worked on it since. */
  void forget() {
    attempts.forEach(Attempt::lose);
  }

  private void apply() {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        try {
          attempt.apply(parts.clock().millis());
        } catch (RuntimeException e) {
          fail(attempt, e);
        }
      }
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
      fail(attempt, e);
    }
  }

  private void tellTogether(WriterGate<K, V> writer, List<Attempt<K, V, R>> telling) {
    List<WriteThrough<K, V>> calls = new ArrayList<>(telling.size());
    telling.forEach(attempt -> calls.add(Objects.requireNonNull(attempt.outcome().writeThrough())));
    WriterGate.Refusal<K> refusal = writer.callAll(calls);
    for (Attempt<K, V, R> attempt : telling) {
      if (refusal.covers(attempt.operation().key())) {
        fail(attempt);
      } else {
        attempt.tellWriter();
      }
    }
    if (refusal.cause() != null) {
      note(refusal.cause());
    }
  }

  /** Stores what is wanted, on condition that the entries are still what was seen. */
  private void store() {
    Round<K, V, R> round = new Round<>();
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        Command command = command(attempt);
        if (command != null) {
          round.add(attempt, command);
        }
      }
    }
    round.send(parts.store(), (attempt, reply, i) -> conclude(attempt, reply));
  }

  /** What to send for an attempt; null when it is decided without. */
  private @Nullable Command command(Attempt<K, V, R> attempt) {
    try {
      Change<V> change = attempt.outcome().change();
      long now = parts.clock().millis();
      Command command = change.command(parts.format(), attempt.key(), attempt.seen(), now);
      if (command == null) {
        win(attempt);
      }
      return command;
    } catch (CodecException e) {
      failToStore(attempt, e);
      return null;
    }
  }

  private void conclude(Attempt<K, V, R> attempt, Reply reply) {
    if (reply.status() == Reply.Status.DONE) {
      win(attempt);
    } else if (attempt.outcome().isOptional()) {
      // The answer stands; what did not come to pass is nobody's news.
      decide(attempt);
    } else if (reply.failure() == null) {
      attempt.lose();
    } else if (reply.failure().reason() == Reason.TOO_LARGE) {
      failToStore(attempt, reply.failure());
    } else {
      fail(attempt, reply.failure());
    }
  }

  private void win(Attempt<K, V, R> attempt) {
    decide(attempt);
    events.addAll(attempt.outcome().events());
  }

  private void decide(Attempt<K, V, R> attempt) {
    attempt.decide();
    tally.add(attempt.outcome().tally());
    if (attempt.outcome().writeThrough() == null) {
      withdrawIfWriterTold(attempt);
    }
  }

  private void publish() {
    if (!events.isEmpty()) {
      try {
        parts.publisher().accept(events);
      } catch (RuntimeException e) {
        note(e);
      }
    }
  }

  private void giveUp(int lost) {
    for (Attempt<K, V, R> attempt : attempts) {
      if (attempt.isOpen()) {
        fail(
            attempt,
            new CacheException(
                "Gave up after "
                    + lost
                    + " attempts (setting 'cas.attempts'): others keep changing the entry '"
                    + attempt.key().wire()
                    + "'"));
      }
    }
  }

  private void fail(Attempt<K, V, R> attempt, RuntimeException cause) {
    note(cause);
    fail(attempt);
  }

  private void fail(Attempt<K, V, R> attempt) {
    attempt.fail();
    withdrawIfWriterTold(attempt);
  }

  /** Fails because the new value cannot be stored; the older one is outdated nevertheless. */
  private void failToStore(Attempt<K, V, R> attempt, RuntimeException cause) {
    fail(attempt, cause);
    if (!attempt.isWriterTold() && attempt.seen().token() != Command.NO_TOKEN) {
      withdraw(new Command.CompareAndDelete(attempt.key().wire(), attempt.seen().token()));
    }
  }

  private void withdrawOutdated(Attempt<K, V, R> attempt, Shortcut<K, V, R> shortcut) {
    if (shortcut.outdates()) {
      withdraw(new Command.Delete(attempt.key().wire()));
    }
  }

  /**
   * The writer knows of an outcome that the cache does not get: better no entry than another one,
   * and a tombstone, so that nobody who saw no entry stores an outcome that the writer knew before.
   */
  private void withdrawIfWriterTold(Attempt<K, V, R> attempt) {
    if (attempt.isWriterTold()) {
      Item tombstone = parts.format().tombstone(attempt.key(), parts.clock().millis());
      withdraw(new Command.Set(attempt.key().wire(), tombstone));
    }
  }

  private void withdraw(Command command) {
    Reply reply = parts.store().send(List.of(command)).join().get(0);
    if (reply.failure() != null) {
      note(reply.failure());
    }
  }

  private void note(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure != cause) {
      failure.addSuppressed(cause);
    }
  }
}
