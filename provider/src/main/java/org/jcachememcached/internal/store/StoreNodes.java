package org.jcachememcached.internal.store;

import java.util.List;
import org.jcachememcached.api.NodeMXBean;

/** The servers of a store that has servers: what it unwraps to. Thread-safe. */
public interface StoreNodes {

  /** The state of each server, in the order of the setting; an immutable list. */
  List<NodeMXBean> nodes();

  /** The servers of any store; none of one that has no servers, or is closed. */
  static List<NodeMXBean> of(ItemStore store) {
    StoreNodes nodes = store.unwrap(StoreNodes.class);
    return nodes == null ? List.of() : nodes.nodes();
  }
}
