package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * A node of spymemcached with its faults mended:
 *
 * <ul>
 *   <li>A request that was written in part when its connection broke is never sent again. It has
 *       left the queue of those that wait for an answer, so from then on every answer would go to
 *       the wrong caller. A new connection begins with empty queues.
 *   <li>A request that is complete before it is written, because the server refused it early,
 *       closes the connection; it would end the I/O thread.
 *   <li>A connection can be given up from outside.
 *   <li>A connection that is closed, in whatever way, is reset: the kernel discards what it has not
 *       delivered yet. Otherwise it would go on sending that, and an old value would arrive after
 *       newer ones that were acknowledged on other connections.
 * </ul>
 *
 * <p>Queues are handled by the I/O thread only; the rest is thread-safe.
 */
final class HardenedNode extends DelegatingNode {

  private final Connection owner;
  private volatile long connectAt;
  private volatile boolean awaitingConnect;
  private volatile boolean givenUp;
  private @Nullable DecryptedInput input;
  private @Nullable Handshake handshake;

  HardenedNode(MemcachedNode delegate, Connection owner) {
    super(delegate);
    this.owner = owner;
  }

  Server server() {
    return owner.server();
  }

  /** Asks for a connection; the I/O thread has to be woken up after it. */
  void askForConnection() {
    connectIn(Duration.ZERO);
  }

  private void connectIn(Duration pause) {
    connectAt = System.nanoTime() + pause.toNanos();
    awaitingConnect = true;
  }

  boolean isConnectDue() {
    return awaitingConnect && System.nanoTime() - connectAt >= 0 && owner.mayConnect();
  }

  /** Whether the server is left alone until it is time for another connection. */
  boolean isLeftAlone() {
    return awaitingConnect && !isConnectDue();
  }

  /** Whether there is a connection, even one that is not complete yet. */
  boolean hasConnection() {
    SelectionKey key = getSk();
    return key != null && key.isValid();
  }

  /** Whether the server owes answers, or something is to be written. */
  boolean isAwaitingAnswer() {
    return delegate().hasReadOp() || hasWriteOp();
  }

  /** Asks for the connection to be closed; the I/O thread has to be woken up after it. */
  void giveUpConnection() {
    givenUp = true;
  }

  /** Begins to connect. */
  void connect(Selector selector) throws IOException {
    awaitingConnect = false;
    setupResend();
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      channel.socket().setKeepAlive(true);
      channel.socket().setSoLinger(true, 0);
      channel.connect(getSocketAddress());
      registerChannel(channel, channel.register(selector, SelectionKey.OP_CONNECT, this));
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Closes the connection, gives up what is under way, and asks for another one when it is time.
   */
  void disconnect() {
    // Before everything that may fail: without it the server would never be asked again.
    connectIn(RetrySchedule.SHORTEST_PAUSE);
    SelectionKey key = getSk();
    if (key != null) {
      key.cancel();
    }
    FaultBarrier.run("The end of a connection", this::reconnecting);
    FaultBarrier.run("The end of a connection", () -> closeOld(getChannel()));
    delegate().setChannel(null);
    FaultBarrier.run("The end of a connection", this::setupResend);
  }

  @Override
  public void registerChannel(SocketChannel channel, SelectionKey key) {
    closeOld(getChannel());
    owner.watchdog().progress();
    delegate().registerChannel(channel, key);
  }

  private void closeOld(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the old connection to " + server() + " is not closed", e);
    }
  }

  /** The address that the name service told last. */
  @Override
  public SocketAddress getSocketAddress() {
    return owner.watchdog().address();
  }

  @Override
  public void connected() {
    cancelQueued();
    delegate().connected();
    owner.watchdog().progress();
    Handshake first = new Handshake(owner.owner().credentials(), owner.watchdog());
    first.setHandlingNode(this);
    first.initialize();
    handshake = first;
    delegate().addOp(first);
  }

  /** A server that refuses a connection says so before it is asked. */
  @Override
  public Operation getCurrentReadOp() {
    Operation current = delegate().getCurrentReadOp();
    return current == null && handshake != null && handshake.getState() != OperationState.COMPLETE
        ? handshake
        : current;
  }

  /**
   * Has the end of a connection noticed also while nothing is asked. An encrypted connection is
   * different: what comes then need not be for anybody, and the client does not bear it.
   */
  @Override
  public void fixupOps() {
    delegate().fixupOps();
    SelectionKey key = getSk();
    if (owner.owner().tls() == null && key != null && key.isValid() && isConnected(key)) {
      key.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  /** The client asserts that a connection is read exactly when this says so. */
  @Override
  public boolean hasReadOp() {
    SelectionKey key = getSk();
    boolean isRead =
        key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0;
    return isRead || delegate().hasReadOp();
  }

  private static boolean isConnected(SelectionKey key) {
    return (key.interestOps() & SelectionKey.OP_CONNECT) == 0;
  }

  @Override
  public void reconnecting() {
    boolean onPurpose = givenUp;
    givenUp = false;
    delegate().reconnecting();
    connectIn(owner.watchdog().connectionLost(onPurpose));
  }

  @Override
  public void completedRead() {
    owner.heard();
    delegate().completedRead();
  }

  @Override
  public int getContinuousTimeout() {
    return givenUp ? Integer.MAX_VALUE : delegate().getContinuousTimeout();
  }

  @Override
  public void setupResend() {
    cancelQueued();
    delegate().setupResend();
  }

  /**
   * Asked by the AWS client when a connection is to be encrypted. It takes the I/O thread until the
   * server has agreed.
   *
   * @return whether the server agreed
   */
  public boolean doTlsHandshake(long timeoutMillis) throws IOException {
    input = new DecryptedInput(delegate());
    owner.watchdog().encrypting();
    return ClientTls.handshake(delegate(), timeoutMillis);
  }

  /** Asked by the AWS client: the text of what has come. */
  public ByteBuffer decryptNextTLSDataRecord(ByteBuffer encrypted) throws IOException {
    return Objects.requireNonNull(input, "no handshake").decrypt(encrypted);
  }

  private void cancelQueued() {
    while (hasWriteOp()) {
      cancel(removeCurrentWriteOp());
    }
    while (delegate().hasReadOp()) {
      cancel(removeCurrentReadOp());
    }
    destroyInputQueue().forEach(HardenedNode::cancel);
  }

  /** One that cannot be cancelled must not keep the others from it. */
  private static void cancel(Operation operation) {
    FaultBarrier.run("Giving up a request", operation::cancel);
    if (operation instanceof MetaOperation ofStore) {
      ofStore.leave();
    }
  }

  @Override
  public void fillWriteBuffer(boolean optimizeGets) {
    Operation current = getCurrentWriteOp();
    if (current != null && current.getState() == OperationState.COMPLETE) {
      throw new IllegalStateException(server() + " answered before it was asked: " + current);
    }
    delegate().fillWriteBuffer(optimizeGets);
  }

  /** Takes operations of interrupted threads too: waiting for a place would refuse those. */
  @Override
  public void addOp(Operation operation) {
    boolean interrupted = Thread.interrupted();
    try {
      delegate().addOp(operation);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
