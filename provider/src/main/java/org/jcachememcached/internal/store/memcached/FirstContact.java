package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jcachememcached.internal.logging.LogNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once which servers a store works with: when all of them have been tried, and one answers.
 * Confined to one thread.
 */
final class FirstContact {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.SERVERS);

  private final Supplier<List<ServerNode>> nodesNow;
  private boolean logged;

  FirstContact(Supplier<List<ServerNode>> nodesNow) {
    this.nodesNow = nodesNow;
  }

  /** Logs it if it is time; to be called at short intervals. */
  void logIfMade() {
    if (logged) {
      return;
    }
    List<ServerNode> nodes = nodesNow.get();
    if (isMade(nodes)) {
      logged = true;
      String servers = nodes.stream().map(FirstContact::describe).collect(Collectors.joining(", "));
      LOG.info("jcache-memcached {} works with memcached at {}", ProductVersion.get(), servers);
    }
  }

  private static boolean isMade(List<ServerNode> nodes) {
    return nodes.stream().noneMatch(node -> node.state() instanceof NodeState.Connecting)
        && nodes.stream().anyMatch(node -> node.state() instanceof NodeState.Ready);
  }

  private static String describe(ServerNode node) {
    String what = node.state() instanceof NodeState.Ready ready ? ready.version() : "down";
    return node.server() + " (" + what + ")";
  }
}
