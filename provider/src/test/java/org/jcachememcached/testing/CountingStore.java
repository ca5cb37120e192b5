package org.jcachememcached.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;

/** Remembers the round trips to another store, and what each of them carried. Thread-safe. */
public final class CountingStore extends ForwardingStore {

  private final List<String> roundTrips = new CopyOnWriteArrayList<>();

  public CountingStore(ItemStore store) {
    super(store);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    if (!commands.isEmpty()) {
      roundTrips.add(describe(commands));
    }
    return super.send(commands);
  }

  @Override
  public KeyScan scan(String prefix) {
    roundTrips.add("Scan");
    return super.scan(prefix);
  }

  /**
   * The round trips so far, in order: {@code "Get"} for a single command, {@code "100 Get"} for
   * many of a kind, {@code "1 Add, 2 CompareAndSet"} for a mixture; {@code "TouchingGet"} for one
   * that sets until when the item is kept.
   */
  public List<String> roundTrips() {
    return List.copyOf(roundTrips);
  }

  /** Forgets the round trips so far. */
  public void reset() {
    roundTrips.clear();
  }

  private static String describe(List<? extends Command> commands) {
    if (commands.size() == 1) {
      return kind(commands.get(0));
    }
    Map<String, Long> counts =
        commands.stream()
            .collect(
                Collectors.groupingBy(CountingStore::kind, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String kind(Command command) {
    String name = command.getClass().getSimpleName();
    return command instanceof Command.Get get && get.touches() ? "Touching" + name : name;
  }
}
