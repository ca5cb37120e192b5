package org.jcachememcached.store.memcached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jcachememcached.store.Command;

/**
 * Divides the commands of a call into batches by server: gets apart from the others, and none too
 * large to be written at a stretch. For one call, one thread.
 */
final class Router {

  private static final int MAX_COMMANDS = 1000;
  private static final int MAX_BYTES = 1024 * 1024;

  private record Destination(ServerNode node, boolean gets) {}

  private final KetamaLocator locator;
  private final Map<Destination, Collected> open = new HashMap<>();
  private final List<RoutedBatch> batches = new ArrayList<>();

  Router(KetamaLocator locator) {
    this.locator = locator;
  }

  /** The batches; every command is in one of them. */
  List<RoutedBatch> route(List<? extends Command> commands) {
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i);
      ServerNode node = locator.nodeOf(command.key()).owner();
      add(new Destination(node, command instanceof Command.Get), command, i);
    }
    open.forEach((destination, collected) -> batches.add(collected.toBatch(destination.node())));
    return batches;
  }

  private void add(Destination destination, Command command, int position) {
    int bytes = RequestEncoder.greatestLength(command);
    Collected collected = open.computeIfAbsent(destination, unused -> new Collected());
    if (collected.isFullFor(bytes)) {
      batches.add(collected.toBatch(destination.node()));
      collected = new Collected();
      open.put(destination, collected);
    }
    collected.add(command, position, bytes);
  }

  /** A batch that grows. */
  private static final class Collected {

    private final List<Command> commands = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private int bytes;

    boolean isFullFor(int more) {
      return !commands.isEmpty() && (commands.size() == MAX_COMMANDS || bytes + more > MAX_BYTES);
    }

    void add(Command command, int position, int length) {
      commands.add(command);
      positions.add(position);
      bytes += length;
    }

    RoutedBatch toBatch(ServerNode node) {
      int[] places = positions.stream().mapToInt(Integer::intValue).toArray();
      return new RoutedBatch(node, commands.toArray(Command[]::new), places);
    }
  }
}
