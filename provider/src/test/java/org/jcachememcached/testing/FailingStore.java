package org.jcachememcached.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;

/**
 * Lets the next command that a test chooses fail: without effect, or with its effect and a lost
 * answer. Thread-safe.
 */
public final class FailingStore extends ForwardingStore {

  private record Failure(
      Predicate<Command> chosen, StoreException cause, boolean afterEffect, boolean lasting) {}

  private final List<Failure> failures = new ArrayList<>();

  public FailingStore(ItemStore store) {
    super(store);
  }

  /** A predicate for commands of a kind. */
  public static Predicate<Command> any(Class<? extends Command> kind) {
    return kind::isInstance;
  }

  /** The next such command fails and has no effect. */
  public synchronized void fail(Predicate<Command> chosen, Reason reason) {
    StoreException cause = StoreException.withoutEffect(reason, "scripted " + reason, null);
    failures.add(new Failure(chosen, cause, false, false));
  }

  /** From now on, all such commands fail and have no effect. */
  public synchronized void failAll(Predicate<Command> chosen, Reason reason) {
    StoreException cause = StoreException.withoutEffect(reason, "scripted " + reason, null);
    failures.add(new Failure(chosen, cause, false, true));
  }

  /** The next such command is lost, and it is unknown that it had no effect. */
  public synchronized void loseCommand(Predicate<Command> chosen) {
    StoreException cause =
        StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted lost command", null);
    failures.add(new Failure(chosen, cause, false, false));
  }

  /** The next such command takes effect, but its answer is lost. */
  public synchronized void loseAnswer(Predicate<Command> chosen) {
    StoreException cause =
        StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted lost answer", null);
    failures.add(new Failure(chosen, cause, true, false));
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
  }

  private Reply answer(Command command) {
    Failure failure = take(command);
    if (failure == null) {
      return carryOut(command);
    }
    if (failure.afterEffect()) {
      carryOut(command);
    }
    return Reply.failed(failure.cause());
  }

  private Reply carryOut(Command command) {
    return super.send(List.of(command)).join().get(0);
  }

  private synchronized Failure take(Command command) {
    Failure next = failures.stream().filter(f -> f.chosen().test(command)).findFirst().orElse(null);
    if (next != null && !next.lasting()) {
      failures.remove(next);
    }
    return next;
  }
}
