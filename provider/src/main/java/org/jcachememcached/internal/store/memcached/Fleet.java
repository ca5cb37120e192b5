package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;

/**
 * The servers of a store from one change to the next, which of them keeps a key, and how many calls
 * use them. The servers are immutable. Thread-safe.
 */
final class Fleet {

  private final KetamaRing ring;
  private final List<ServerNode> nodes;
  private final Handover handover;
  private final LongAdder begunCalls = new LongAdder();
  private final LongAdder endedCalls = new LongAdder();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean superseded;

  /**
   * @param nodes of the servers of the ring, in their order; none if they are not known yet
   * @param handover what the last changes have moved
   */
  Fleet(KetamaRing ring, List<ServerNode> nodes, Handover handover) {
    this.ring = ring;
    this.nodes = List.copyOf(nodes);
    this.handover = handover;
  }

  /** The same servers, for later calls. */
  Fleet with(Handover next) {
    return new Fleet(ring, nodes, next);
  }

  KetamaRing ring() {
    return ring;
  }

  List<ServerNode> nodes() {
    return nodes;
  }

  Handover handover() {
    return handover;
  }

  /** Whether no server is known yet. */
  boolean isUnknown() {
    return nodes.isEmpty();
  }

  List<NodeMXBean> views() {
    return nodes.stream().map(ServerNode::view).toList();
  }

  /** The server that keeps the key; there must be one. */
  ServerNode nodeOf(String key) {
    return nodes.get(ring.indexOf(key));
  }

  /** What is to be searched for the keys that are stored: not for stray and stale copies. */
  List<Crawl.Part> toCrawl() {
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> new Crawl.Part(nodes.get(i), keysAt(i)))
        .toList();
  }

  private KeyFilter keysAt(int index) {
    ServerNode node = nodes.get(index);
    return (key, length) ->
        ring.isAt(index, key, length)
            && !(node.hasGains() && node.isInDoubt(KeyFilter.text(key, length)));
  }

  // The calls

  /** A call begins that will use these servers only, if they are not superseded afterwards. */
  void begin() {
    begunCalls.increment();
  }

  /** A call that has begun has ended. */
  void leave() {
    endedCalls.increment();
    if (superseded) {
      endIfUnused();
    }
  }

  /** No more calls begin, but for those that leave at once. */
  void supersede() {
    superseded = true;
    endIfUnused();
  }

  private void endIfUnused() {
    // In this order: a call that begins in between counts as not ended.
    long ended = endedCalls.sum();
    if (ended >= begunCalls.sum()) {
      end.complete(null);
    }
  }

  /** Does not wait for the calls any longer. */
  void abandonCalls() {
    end.complete(null);
  }

  /** Completes when it is superseded and all calls have ended. */
  CompletableFuture<Void> whenEnded() {
    return end;
  }
}
