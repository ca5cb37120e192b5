package org.jcachememcached.internal.store.generation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that counts round trips, is interrupted where a test wants it, fails the
 * commands that a test names, and can be restarted. For one thread.
 */
final class RehearsedStore implements ItemStore {

  private record Interruption(Predicate<Command> before, Runnable action) {}

  private final InstantSource clock;
  private final List<Interruption> interruptions = new ArrayList<>();
  private Predicate<Command> failing = command -> false;
  private ItemStore store;
  private int roundTrips;

  RehearsedStore(InstantSource clock) {
    this.clock = clock;
    this.store = new MemoryStore(clock);
  }

  /** How many sends there were since this was asked last. */
  int roundTrips() {
    int counted = roundTrips;
    roundTrips = 0;
    return counted;
  }

  /** Runs the action, once, before the next command of that kind is carried out. */
  void before(Predicate<Command> command, Runnable action) {
    interruptions.add(new Interruption(command, action));
  }

  /** From now on these commands fail, without effect. */
  void fail(Predicate<Command> commands) {
    failing = commands;
  }

  /** Loses all items, and restarts its CAS values. */
  void restart() {
    store = new MemoryStore(clock);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    roundTrips++;
    return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
  }

  private Reply answer(Command command) {
    interrupt(command);
    return failing.test(command)
        ? Reply.failed(StoreException.withoutEffect(Reason.TIMEOUT, "no answer", null))
        : store.send(List.of(command)).join().get(0);
  }

  private void interrupt(Command command) {
    interruptions.stream()
        .filter(interruption -> interruption.before().test(command))
        .findFirst()
        .ifPresent(
            interruption -> {
              interruptions.remove(interruption);
              interruption.action().run();
            });
  }

  @Override
  public KeyScan scan(String prefix) {
    return store.scan(prefix);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    store.invalidate(prefix, keys);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return store.unwrap(type);
  }

  @Override
  public void close() {
    store.close();
  }
}
