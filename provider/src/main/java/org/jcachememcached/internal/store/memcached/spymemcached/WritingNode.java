package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.List;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;

/**
 * A node that knows which thread writes its requests. Requests may be added by every thread; the
 * rest is for the leader of the I/O loop unless a method says otherwise.
 */
abstract sealed class WritingNode extends DelegatingNode permits DirectNode, LoopWrittenNode {

  WritingNode(MemcachedNode delegate) {
    super(delegate);
  }

  /** Begins to write to the new connection; the first request comes before all others. */
  abstract void begin(Operation first);

  /**
   * Writes what has been added, in the calling thread, if that is possible. May be called by every
   * thread.
   *
   * @return whether the I/O loop has to be woken to write the rest
   */
  abstract boolean write();

  /** Stops writing and removes all requests, in no particular order. */
  abstract List<Operation> end();

  /** Whether a request was added to which there is no complete answer. For every thread. */
  abstract boolean isAwaitingAnswer();
}
