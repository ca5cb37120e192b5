package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Notices when a server is lost: when one is down that was not. Confined to one thread. */
final class LossWatch {

  private Set<ServerNode> down = Set.of();

  /** Whether one was lost since the last call. */
  boolean hasLost(List<ServerNode> nodes) {
    Set<ServerNode> before = down;
    down = nodes.stream().filter(LossWatch::isDown).collect(Collectors.toSet());
    return !before.containsAll(down);
  }

  private static boolean isDown(ServerNode node) {
    return node.state() instanceof NodeState.Down;
  }
}
