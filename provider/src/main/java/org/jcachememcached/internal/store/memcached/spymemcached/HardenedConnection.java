package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.spy.memcached.ConnectionFactory;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.ops.Operation;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jcachememcached.internal.thread.VirtualThreads;
import org.jspecify.annotations.Nullable;

/**
 * The I/O loop of a client and its connections, and the thread that runs it when no caller does.
 * Unlike spymemcached's own, the loop survives everything that is thrown in it: whatever was under
 * way is given up and every node reconnects, in the next turn. Thread-safe.
 */
final class HardenedConnection extends MemcachedConnection
    implements AnswerLoop, LoopLeadership.Loop {

  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How long closing waits for the thread that leads the loop. */
  private static final long LONGEST_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LoopLeadership leadership =
      new LoopLeadership(this, this, VirtualThreads::isVirtual);
  private boolean isInitialized;

  /** How many turns the loop has completed; written by its leader only. */
  private volatile long turns;

  private volatile @Nullable Thread awaitingTurn;

  /** Whether the leader waits, or is about to: it writes nothing before something arrives. */
  private volatile boolean waiting;

  /** Whether connections may be in any state, because something has failed. */
  private boolean broken;

  HardenedConnection(ConnectionFactory factory) throws IOException {
    super(
        factory.getReadBufSize(),
        factory,
        List.of(),
        factory.getInitialObservers(),
        factory.getFailureMode(),
        factory.getOperationFactory());
    this.isInitialized = true;
    start();
  }

  /** The constructor of the client starts the thread before this class is initialized. */
  @Override
  public synchronized void start() {
    if (isInitialized) {
      super.start();
    }
  }

  KetamaLocator ketama() {
    return (KetamaLocator) locator;
  }

  /**
   * Puts an operation at the end of a node's queue and writes what can be written now.
   *
   * @throws IllegalStateException if the queue is full or the connection shut down
   */
  void enqueue(HardenedNode node, Operation operation) {
    checkState();
    operation.setHandlingNode(node);
    operation.initialize();
    node.addOp(operation);
    if (!isLeftToLeader(node) && node.write()) {
      addedQueue.offer(node);
      leadership.wakeLeader();
    }
  }

  /**
   * Whether a leader that is not waiting writes what was added, together with what other threads
   * add, before it waits again.
   */
  private boolean isLeftToLeader(HardenedNode node) {
    if (waiting || !leadership.isLed()) {
      return false;
    }
    addedQueue.offer(node);
    // Otherwise it may have begun to wait without it.
    return !waiting;
  }

  /** Something has arrived, so that the leader does not wait any more. */
  void arrived() {
    waiting = false;
  }

  @Override
  public void await(CompletableFuture<?> answer, long nanos) {
    leadership.await(answer, nanos);
  }

  @Override
  public void answered(Thread waiter) {
    leadership.answered(waiter);
  }

  /** Makes the loop begin its next turn at once. */
  void attend() {
    leadership.attend();
  }

  @Override
  public void wakeUp() {
    selector.wakeup();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Waits until the loop has read everything that has arrived up to now: until a turn has ended
   * that began after this call. To be called by one thread at a time.
   *
   * @param limit how long it waits at most
   */
  void awaitRead(Duration limit) {
    long begun = System.nanoTime();
    // The turn that is under way may have looked at a connection already.
    long enough = turns + 2;
    awaitingTurn = Thread.currentThread();
    long left = limit.toNanos();
    while (turns < enough && running && left > 0) {
      attend();
      LockSupport.parkNanos(this, left);
      left = limit.toNanos() - (System.nanoTime() - begun);
    }
    awaitingTurn = null;
  }

  @Override
  public void run() {
    leadership.runInIoThread();
  }

  @Override
  public void turn() {
    try {
      takeTurn();
    } catch (Throwable failure) {
      survive(failure);
    }
    // Only the leader writes it.
    long completed = turns;
    turns = completed + 1;
    LockSupport.unpark(awaitingTurn);
  }

  private void takeTurn() throws IOException {
    if (broken) {
      ketama().nodes().stream().filter(HardenedNode::hasConnection).forEach(this::queueReconnect);
      broken = false;
    }
    openConnections();
    waiting = true;
    try {
      handleIO();
    } finally {
      waiting = false;
    }
  }

  /** Needs no memory: that may be what has failed. */
  private void survive(Throwable failure) {
    if (shutDown) {
      return;
    }
    broken = true;
    FaultBarrier.report("The I/O loop", failure);
    // What fails again and again must not take a whole processor.
    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
  }

  /**
   * Ends the loop first: a selector must not be closed from outside while the leader registers a
   * channel with it.
   */
  @Override
  public void shutdown() throws IOException {
    running = false;
    attend();
    DaemonThreads.awaitEnd(this);
    leadership.end(LONGEST_CLOSE_NANOS);
    super.shutdown();
  }

  /**
   * Replaces the client's own way to reconnect, which differs in the AWS client: that one requires
   * of nodes what spymemcached's do not have.
   */
  @Override
  protected void queueReconnect(MemcachedNode node) {
    if (!shutDown) {
      ((HardenedNode) node).disconnect();
      getLogger().info("Closed the connection of %s", node);
    }
  }

  private void openConnections() {
    for (HardenedNode node : ketama().nodes()) {
      if (node.isGone()) {
        ketama().remove(node);
      } else if (node.isOpening()) {
        takeOver(node);
      } else if (node.isConnectDue() && !shutDown) {
        openConnection(node);
      }
    }
  }

  /** Uses a connection that was opened in the background, if it is open. */
  private void takeOver(HardenedNode node) {
    try {
      if (node.isGivenUp()) {
        queueReconnect(node);
      } else if (node.takeOver(selector)) {
        addedQueue.offer(node);
      }
    } catch (Throwable e) {
      queueReconnect(node);
      getLogger().info("Cannot connect to %s", node, e);
    }
  }

  private void openConnection(HardenedNode node) {
    try {
      node.connect(selector);
    } catch (Throwable e) {
      queueReconnect(node);
      getLogger().info("Cannot connect to %s", node, e);
    }
  }

  /** The library's own log is one for all its classes, and not under the name of this one. */
  @Override
  protected Logger getLogger() {
    return ClientLogger.INSTANCE;
  }
}
