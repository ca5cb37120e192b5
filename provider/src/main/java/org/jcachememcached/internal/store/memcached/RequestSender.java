package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.memcached.spymemcached.AnswerLoop;
import org.jspecify.annotations.Nullable;

/** Sends commands to the servers that a function says. Thread-safe. */
final class RequestSender {

  private final InFlight inFlight;
  private final AnswerLoop loop;

  /**
   * @param loop what completes the answers
   */
  RequestSender(InFlight inFlight, AnswerLoop loop) {
    this.inFlight = inFlight;
    this.loop = loop;
  }

  /**
   * Sends the commands of a call.
   *
   * @param nodeOfKey the server of a key
   * @param user is left when the last reply is there; null if that is of no interest
   */
  CompletableFuture<List<Reply>> send(
      List<? extends Command> commands,
      Function<String, ServerNode> nodeOfKey,
      @Nullable Fleet user) {
    PendingReplies call = inFlight.newCall(commands.size(), loop, user);
    try {
      if (commands.size() == 1) {
        sendAlone(commands.get(0), nodeOfKey, call);
      } else {
        new Router(nodeOfKey, call).route(commands).forEach(BatchPipeline::send);
      }
    } catch (Throwable e) {
      call.leave();
      throw e;
    }
    return call.future();
  }

  private static void sendAlone(
      Command command, Function<String, ServerNode> nodeOfKey, PendingReplies call) {
    ServerNode node = nodeOfKey.apply(command.key());
    if (!node.refuseTooLarge(command, 0, call)) {
      Connection connection =
          command instanceof Command.Get
              ? node.connectionOfGet(command.key())
              : node.connectionOf(command.key());
      connection.send(command, call);
    }
  }

  /** Removes keys that begin with the prefix, now or before anything that is sent later. */
  static void invalidate(String prefix, List<String> keys, Function<String, ServerNode> nodeOfKey) {
    Map<Connection, List<String>> keysOfConnections = new HashMap<>();
    for (String key : keys) {
      Connection connection = nodeOfKey.apply(key).connectionOf(key);
      keysOfConnections.computeIfAbsent(connection, unused -> new ArrayList<>()).add(key);
    }
    keysOfConnections.forEach((one, itsKeys) -> one.invalidate(prefix, itsKeys));
  }
}
