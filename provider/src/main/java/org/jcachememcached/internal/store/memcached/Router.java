package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.memcached.protocol.RequestEncoder;

/**
 * Divides the commands of a call into batches by server and connection: gets separate from the
 * others, and none too large to be written in one piece. For one call and one thread.
 */
final class Router {

  private static final int MAX_COMMANDS = 1000;
  private static final int MAX_BYTES = 256 * 1024;

  private record Destination(Connection connection, boolean gets) {}

  private final Function<String, ServerNode> locator;
  private final PendingReplies call;
  private final Map<ServerNode, Optional<Connection>> connectionsOfGets = new HashMap<>();
  private final Map<Destination, Collected> open = new HashMap<>();
  private final Map<ServerNode, BatchPipeline> pipelines = new LinkedHashMap<>();

  /**
   * @param locator the server of a key
   */
  Router(Function<String, ServerNode> locator, PendingReplies call) {
    this.locator = locator;
    this.call = call;
  }

  /** What is to be sent to each server; every command is in one of the pipelines. */
  Collection<BatchPipeline> route(List<? extends Command> commands) {
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i);
      ServerNode node = locator.apply(command.key());
      if (!node.refuseTooLarge(command, i, call)) {
        add(destinationOf(command, node), command, i);
      }
    }
    open.forEach(this::close);
    return pipelines.values();
  }

  private Destination destinationOf(Command command, ServerNode node) {
    String key = command.key();
    return command instanceof Command.Get
        ? new Destination(connectionOfGet(node, key), true)
        : new Destination(node.connectionOf(key), false);
  }

  /** Gets of one call are sent together where possible: that is less to write and to read. */
  private Connection connectionOfGet(ServerNode node, String key) {
    return connectionsOfGets
        .computeIfAbsent(node, unused -> node.connectionOfGets(key))
        .orElseGet(() -> node.connectionOf(key));
  }

  private void add(Destination destination, Command command, int position) {
    int bytes = RequestEncoder.greatestLength(command);
    Collected collected = open.computeIfAbsent(destination, unused -> new Collected());
    if (collected.isFullFor(bytes)) {
      close(destination, collected);
      collected = new Collected();
      open.put(destination, collected);
    }
    collected.add(command, position, bytes);
  }

  private void close(Destination destination, Collected collected) {
    Connection connection = destination.connection();
    pipelines
        .computeIfAbsent(connection.owner(), node -> new BatchPipeline(call, node))
        .add(collected.toBatch(connection));
  }

  /** A batch that grows. */
  private static final class Collected {

    private final List<Command> commands = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private long bytes;

    boolean isFullFor(int more) {
      return !commands.isEmpty() && (commands.size() == MAX_COMMANDS || bytes + more > MAX_BYTES);
    }

    void add(Command command, int position, int length) {
      commands.add(command);
      positions.add(position);
      bytes += length;
    }

    BatchPipeline.Routed toBatch(Connection connection) {
      int[] places = positions.stream().mapToInt(Integer::intValue).toArray();
      return new BatchPipeline.Routed(connection, commands.toArray(Command[]::new), places, bytes);
    }
  }
}
