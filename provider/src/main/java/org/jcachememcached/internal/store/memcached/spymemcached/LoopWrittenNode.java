package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.ArrayList;
import java.util.List;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;

/**
 * A node as the client library has it: the I/O loop writes the requests. For encrypted connections,
 * whose bytes only the library can write.
 */
final class LoopWrittenNode extends WritingNode {

  LoopWrittenNode(MemcachedNode delegate) {
    super(delegate);
  }

  @Override
  void begin(Operation first) {
    delegate().addOp(first);
  }

  @Override
  boolean write() {
    return true;
  }

  @Override
  List<Operation> end() {
    List<Operation> removed = new ArrayList<>();
    while (hasWriteOp()) {
      removed.add(removeCurrentWriteOp());
    }
    while (hasReadOp()) {
      removed.add(removeCurrentReadOp());
    }
    removed.addAll(destroyInputQueue());
    return removed;
  }

  @Override
  boolean isAwaitingAnswer() {
    return hasReadOp() || hasWriteOp();
  }

  /** Refuses what is complete before it is written: it would end the I/O loop. */
  @Override
  public void fillWriteBuffer(boolean optimizeGets) {
    Operation current = getCurrentWriteOp();
    if (current != null && current.getState() == OperationState.COMPLETE) {
      throw new IllegalStateException("answered before it was asked: " + current);
    }
    delegate().fillWriteBuffer(optimizeGets);
  }

  /** Accepts operations of interrupted threads too, which waiting for a place would refuse. */
  @Override
  public void addOp(Operation operation) {
    boolean interrupted = false;
    try {
      do {
        interrupted |= Thread.interrupted();
      } while (!isAdded(operation));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether it was added, and not refused because the thread was interrupted meanwhile. */
  private boolean isAdded(Operation operation) {
    try {
      delegate().addOp(operation);
      return true;
    } catch (IllegalStateException refused) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      throw refused;
    }
  }
}
