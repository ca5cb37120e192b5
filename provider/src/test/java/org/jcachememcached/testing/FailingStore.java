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
import org.jspecify.annotations.Nullable;

/**
 * Lets the next command that a test chooses fail: without effect, or with its effect and a lost
 * answer; or answers it in place of the store. Thread-safe.
 */
public final class FailingStore extends ForwardingStore {

  private record Script(
      Predicate<Command> chosen, Reply reply, boolean afterEffect, boolean lasting) {}

  private final List<Script> scripts = new ArrayList<>();

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
    scripts.add(new Script(chosen, Reply.failed(cause), false, false));
  }

  /** From now on, all such commands fail and have no effect. */
  public synchronized void failAll(Predicate<Command> chosen, Reason reason) {
    StoreException cause = StoreException.withoutEffect(reason, "scripted " + reason, null);
    scripts.add(new Script(chosen, Reply.failed(cause), false, true));
  }

  /** The next such command is lost, and it is unknown that it had no effect. */
  public synchronized void loseCommand(Predicate<Command> chosen) {
    StoreException cause =
        StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted lost command", null);
    scripts.add(new Script(chosen, Reply.failed(cause), false, false));
  }

  /** The next such command takes effect, but its answer is lost. */
  public synchronized void loseAnswer(Predicate<Command> chosen) {
    StoreException cause =
        StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted lost answer", null);
    scripts.add(new Script(chosen, Reply.failed(cause), true, false));
  }

  /** The next such command has no effect and gets that reply. */
  public synchronized void answer(Predicate<Command> chosen, Reply reply) {
    scripts.add(new Script(chosen, reply, false, false));
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
  }

  private Reply answer(Command command) {
    Script script = take(command);
    if (script == null) {
      return carryOut(command);
    }
    if (script.afterEffect()) {
      carryOut(command);
    }
    return script.reply();
  }

  private Reply carryOut(Command command) {
    return super.send(List.of(command)).join().get(0);
  }

  private synchronized @Nullable Script take(Command command) {
    Script next = scripts.stream().filter(s -> s.chosen().test(command)).findFirst().orElse(null);
    if (next != null && !next.lasting()) {
      scripts.remove(next);
    }
    return next;
  }
}
