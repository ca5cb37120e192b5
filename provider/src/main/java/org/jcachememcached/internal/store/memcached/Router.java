package org.jcachememcached.internal.store.memcached;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.memcached.protocol.RequestEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Divides the commands of a call into batches by server and connection: gets separate from the
 * others, and none too large to be written in one piece. For one call and one thread.
 */
final class Router {

  private static final int MAX_COMMANDS = 1000;
  private static final int MAX_BYTES = 256 * 1024;
  private static final int FEW_COMMANDS = 16;

  private final Function<String, ServerNode> locator;
  private final PendingReplies call;
  private final Map<Connection, Collected> gets = new HashMap<>(4);
  private final Map<Connection, Collected> others = new HashMap<>(8);
  private final Map<ServerNode, BatchPipeline> pipelines = new LinkedHashMap<>(4);
  private final Map<ServerNode, Optional<Connection>> connectionsOfGets = new HashMap<>(4);

  /** Most often the next get is for the same node. */
  private @Nullable ServerNode lastNodeOfGets;

  private Optional<Connection> lastConnectionOfGets = Optional.empty();

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
        route(command, i, node);
      }
    }
    gets.forEach(this::close);
    others.forEach(this::close);
    return pipelines.values();
  }

  private void route(Command command, int position, ServerNode node) {
    if (command instanceof Command.Get) {
      add(gets, connectionOfGet(node, command.key()), command, position);
    } else {
      add(others, node.connectionOf(command.key()), command, position);
    }
  }

  /** Gets of one call are sent together where possible: that is less to write and to read. */
  private Connection connectionOfGet(ServerNode node, String key) {
    if (node != lastNodeOfGets) {
      lastConnectionOfGets =
          connectionsOfGets.computeIfAbsent(node, unused -> node.connectionOfGets(key));
      lastNodeOfGets = node;
    }
    return lastConnectionOfGets.isPresent() ? lastConnectionOfGets.get() : node.connectionOf(key);
  }

  private void add(
      Map<Connection, Collected> open, Connection connection, Command command, int position) {
    int bytes = RequestEncoder.greatestLength(command);
    Collected collected = open.get(connection);
    if (collected == null || collected.isFullFor(bytes)) {
      if (collected != null) {
        close(connection, collected);
      }
      collected = new Collected();
      open.put(connection, collected);
    }
    collected.add(command, position, bytes);
  }

  private void close(Connection connection, Collected collected) {
    pipelines
        .computeIfAbsent(connection.owner(), node -> new BatchPipeline(call, node))
        .add(collected.toBatch(connection));
  }

  /** A batch that grows. */
  private static final class Collected {

    private Command[] commands = new Command[FEW_COMMANDS];
    private int[] positions = new int[FEW_COMMANDS];
    private int count;
    private long bytes;

    boolean isFullFor(int more) {
      return count == MAX_COMMANDS || bytes + more > MAX_BYTES;
    }

    void add(Command command, int position, int length) {
      if (count == commands.length) {
        resize(2 * count);
      }
      commands[count] = command;
      positions[count] = position;
      count++;
      bytes += length;
    }

    private void resize(int capacity) {
      commands = Arrays.copyOf(commands, capacity);
      positions = Arrays.copyOf(positions, capacity);
    }

    BatchPipeline.Routed toBatch(Connection connection) {
      if (count < commands.length) {
        resize(count);
      }
      return new BatchPipeline.Routed(connection, commands, positions, bytes);
    }
  }
}
