package org.jcachememcached.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;

/**
 * Does not answer some commands: a round trip that holds one of them takes the whole timeout, on a
 * clock of the test. Thread-safe.
 */
public final class SilentStore extends ForwardingStore {

  private final FakeClock clock;
  private final Duration timeout;
  private volatile Predicate<Command> unanswered = command -> false;

  public SilentStore(ItemStore store, FakeClock clock, Duration timeout) {
    super(store);
    this.clock = clock;
    this.timeout = timeout;
  }

  /** From now on, such commands are lost. */
  public void silence(Predicate<Command> commands) {
    unanswered = commands;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    List<? extends Command> lost = commands.stream().filter(unanswered).toList();
    if (lost.isEmpty()) {
      return super.send(commands);
    }
    clock.advance(timeout);
    return CompletableFuture.completedFuture(
        commands.stream().map(c -> lost.contains(c) ? silence() : answer(c)).toList());
  }

  private Reply answer(Command command) {
    return super.send(List.of(command)).join().get(0);
  }

  private static Reply silence() {
    return Reply.failed(StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted silence", null));
  }
}
