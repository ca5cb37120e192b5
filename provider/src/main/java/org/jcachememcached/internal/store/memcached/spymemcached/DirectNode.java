package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * A node whose requests are written by the threads that send them: no other thread has to be woken
 * for that. One thread writes at a time and writes what others add meanwhile as well, in one piece.
 * None waits for it: a thread that sends may hold the monitor of an operation that the other one
 * needs.
 *
 * <p>The I/O loop continues where the connection takes no more, and closes the connection where
 * writing has failed, in whichever thread.
 */
final class DirectNode extends WritingNode {

  private static final AtomicIntegerFieldUpdater<DirectNode> WRITERS =
      AtomicIntegerFieldUpdater.newUpdater(DirectNode.class, "writers");

  private static final long PAUSE_NANOS = 10_000;

  /** A thread that sends does not write for others for longer. */
  private static final int MOST_ROUNDS = 8;

  private final Queue<Operation> queued;
  private final Queue<Operation> unanswered = new ConcurrentLinkedQueue<>();
  private final long timeoutMillis;
  private final ByteBuffer buffer;
  private @Nullable Operation first;
  private @Nullable SingleReadChannel readChannel;

  /** What is written to; null while there is no connection. */
  private volatile @Nullable WritableByteChannel open;

  /** Whether the connection takes no more at the moment. */
  private volatile boolean congested;

  private volatile @Nullable Throwable failure;

  /** 1 while a thread writes. A field, which can be reset where no stack is left for a call. */
  @SuppressWarnings("UnusedVariable") // The updater reads it.
  private volatile int writers;

  /**
   * @param capacity how many requests can wait to be written
   * @param timeoutMillis how long they wait, those that have no timeout of their own
   */
  DirectNode(MemcachedNode delegate, int capacity, long timeoutMillis) {
    super(delegate);
    this.timeoutMillis = timeoutMillis;
    this.queued = new LinkedBlockingQueue<>(capacity);
    this.buffer = delegate.getWbuf();
    buffer.limit(0);
  }

  @Override
  public void addOp(Operation operation) {
    if (!queued.offer(operation)) {
      throw new IllegalStateException("No place in the queue for " + operation);
    }
  }

  @Override
  void begin(Operation operation) {
    begin(operation, delegate().getChannel());
  }

  void begin(Operation operation, WritableByteChannel channel) {
    first = operation;
    open = channel;
    writeAgain();
  }

  @Override
  boolean write() {
    for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      if (!isMoreToWrite() || !writeAlone()) {
        return isForLoop();
      }
    }
    return isForLoop() || !queued.isEmpty();
  }

  private boolean isMoreToWrite() {
    return !queued.isEmpty() && !isForLoop();
  }

  private boolean isForLoop() {
    return congested || failure != null || open == null;
  }

  /** Continues in the I/O loop. */
  private void writeAgain() {
    boolean isWriter = writeAlone();
    while (isWriter && isMoreToWrite()) {
      isWriter = writeAlone();
    }
  }

  /** Writes, unless another thread does; it looks again at what was added when it has written. */
  private boolean writeAlone() {
    if (!WRITERS.compareAndSet(this, 0, 1)) {
      return false;
    }
    try {
      writeQueued();
    } catch (Throwable e) {
      failure = e;
    } finally {
      writers = 0;
    }
    return true;
  }

  /** Writes what the buffer holds, or else what fits into it. */
  private void writeQueued() throws IOException {
    WritableByteChannel channel = open;
    if (channel == null || failure != null) {
      return;
    }
    if (!buffer.hasRemaining()) {
      fill();
    }
    boolean takesMore = true;
    while (takesMore && buffer.hasRemaining()) {
      takesMore = channel.write(buffer) > 0;
    }
    congested = !takesMore;
  }

  private void fill() {
    buffer.clear();
    for (Operation next = next(); next != null && buffer.hasRemaining(); next = next()) {
      copy(next);
    }
    buffer.flip();
  }

  private @Nullable Operation next() {
    return first == null ? queued.peek() : first;
  }

  private void remove() {
    if (first == null) {
      queued.remove();
    } else {
      first = null;
    }
  }

  private void copy(Operation operation) {
    synchronized (operation) {
      if (operation.getState() == OperationState.WRITE_QUEUED && !isBegun(operation)) {
        remove();
        return;
      }
      ByteBuffer source = operation.getBuffer();
      if (source == null) {
        throw new IllegalStateException("answered before it was asked: " + operation);
      }
      int end = source.limit();
      source.limit(Math.min(end, source.position() + buffer.remaining()));
      buffer.put(source);
      source.limit(end);
      if (!source.hasRemaining()) {
        remove();
        operation.writeComplete();
      }
    }
  }

  private boolean isBegun(Operation operation) {
    if (operation.isCancelled() || operation.isTimedOut(timeoutMillis)) {
      return false;
    }
    operation.writing();
    unanswered.add(operation);
    return true;
  }

  @Override
  List<Operation> end() {
    open = null;
    while (!WRITERS.compareAndSet(this, 0, 1)) {
      // It ends soon: it waits for nothing.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    try {
      return removeAll();
    } finally {
      writers = 0;
    }
  }

  private List<Operation> removeAll() {
    List<Operation> removed = new ArrayList<>();
    if (first != null) {
      removed.add(first);
      first = null;
    }
    for (Operation next = queued.poll(); next != null; next = queued.poll()) {
      removed.add(next);
    }
    for (Operation next = unanswered.poll(); next != null; next = unanswered.poll()) {
      removed.add(next);
    }
    buffer.clear().limit(0);
    congested = false;
    failure = null;
    return removed;
  }

  @Override
  boolean isAwaitingAnswer() {
    return !unanswered.isEmpty() || !queued.isEmpty();
  }

  @Override
  public void registerChannel(SocketChannel channel, SelectionKey key) {
    delegate().registerChannel(channel, key);
    readChannel = new SingleReadChannel(channel);
  }

  @Override
  public void setChannel(@Nullable SocketChannel channel) {
    delegate().setChannel(channel);
    readChannel = null;
  }

  /** What the client reads from. */
  @Override
  public SocketChannel getChannel() {
    return readChannel == null ? delegate().getChannel() : readChannel;
  }

  /**
   * Has the loop notice the end of a connection also while no request is under way, and write only
   * what the senders cannot.
   */
  @Override
  public void fixupOps() {
    SelectionKey key = getSk();
    if (key != null && key.isValid()) {
      int wanted = getChannel().isConnected() ? connectedOps() : SelectionKey.OP_CONNECT;
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }
  }

  private int connectedOps() {
    boolean rest = congested || failure != null;
    return rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
  }

  /** The client asserts that a connection is read exactly when this says so. */
  @Override
  public boolean hasReadOp() {
    return isInterestedIn(SelectionKey.OP_READ);
  }

  /** The same about writing. */
  @Override
  public boolean hasWriteOp() {
    return isInterestedIn(SelectionKey.OP_WRITE);
  }

  private boolean isInterestedIn(int ops) {
    SelectionKey key = getSk();
    return key != null && key.isValid() && (key.interestOps() & ops) != 0;
  }

  @Override
  public @Nullable Operation getCurrentReadOp() {
    return unanswered.peek();
  }

  @Override
  public Operation removeCurrentReadOp() {
    return unanswered.remove();
  }

  /** Called for operations of the client's own, which the threads that send them do not write. */
  @Override
  public void copyInputQueue() {
    writeAgain();
  }

  /** Returns null: there is nothing to write as the client does. */
  @Override
  public @Nullable Operation getCurrentWriteOp() {
    return null;
  }

  @Override
  public void fillWriteBuffer(boolean optimizeGets) {}

  /** Has the client call {@link #writeSome} if the loop is to write. */
  @Override
  public int getBytesRemainingToWrite() {
    return hasWriteOp() ? 1 : 0;
  }

  /** Returns 0: there is nothing more to do for now. */
  @Override
  public int writeSome() throws IOException {
    writeAgain();
    Throwable cause = failure;
    if (cause != null) {
      throw new IOException("writing failed", cause);
    }
    return 0;
  }
}
