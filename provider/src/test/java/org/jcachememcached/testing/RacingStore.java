package org.jcachememcached.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;

/**
 * Simulates a faster client: runs what a test wants just before, or just after, the next command of
 * a kind is carried out. Thread-safe; no lock is held while the test's code runs.
 */
public final class RacingStore extends ForwardingStore {

  private enum Moment {
    BEFORE,
    AFTER
  }

  private record Race(Moment moment, Class<? extends Command> kind, Runnable rival, boolean once) {}

  private final List<Race> races = new ArrayList<>();

  public RacingStore(ItemStore store) {
    super(store);
  }

  /** Runs something once, before the next command of that kind is carried out. */
  public void before(Class<? extends Command> kind, Runnable rival) {
    add(new Race(Moment.BEFORE, kind, rival, true));
  }

  /** Runs something once, after the next command of that kind was carried out. */
  public void after(Class<? extends Command> kind, Runnable rival) {
    add(new Race(Moment.AFTER, kind, rival, true));
  }

  /** Runs something before every command of that kind is carried out. */
  public void beforeEach(Class<? extends Command> kind, Runnable rival) {
    add(new Race(Moment.BEFORE, kind, rival, false));
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    run(Moment.BEFORE, commands);
    CompletableFuture<List<Reply>> replies = super.send(commands);
    run(Moment.AFTER, commands);
    return replies;
  }

  private synchronized void add(Race race) {
    races.add(race);
  }

  private void run(Moment moment, List<? extends Command> commands) {
    for (Command command : commands) {
      Race race = take(moment, command);
      if (race != null) {
        race.rival().run();
      }
    }
  }

  private synchronized Race take(Moment moment, Command command) {
    Race next =
        races.stream()
            .filter(race -> race.moment() == moment && race.kind().isInstance(command))
            .findFirst()
            .orElse(null);
    if (next != null && next.once()) {
      races.remove(next);
    }
    return next;
  }
}
