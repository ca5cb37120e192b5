package org.jcachememcached.store.memcached;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import org.jcachememcached.config.Server;
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
  private volatile @Nullable Long connectAt;
  private volatile boolean givenUp;
  private @Nullable DecryptedInput input;

  HardenedNode(MemcachedNode delegate, Connection owner) {
    super(delegate);
    this.owner = owner;
  }

  Server server() {
    return owner.server();
  }

  /** Asks for a connection; the I/O thread has to be woken up after it. */
  void askForConnection() {
    connectAt = System.nanoTime();
  }

  boolean isConnectDue() {
    Long at = connectAt;
    return at != null && System.nanoTime() - at >= 0;
  }

  /** Whether there is a connection, even one that is not complete yet. */
  boolean hasConnection() {
    SelectionKey key = getSk();
    return key != null && key.isValid();
  }

  /** Whether the server owes answers, or something is to be written. */
  boolean isAwaitingAnswer() {
    return hasReadOp() || hasWriteOp();
  }

  /** Asks for the connection to be closed; the I/O thread has to be woken up after it. */
  void giveUpConnection() {
    givenUp = true;
  }

  /** Begins to connect. */
  void connect(Selector selector) throws IOException {
    connectAt = null;
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      channel.socket().setKeepAlive(true);
      channel.socket().setSoLinger(true, 0);
      channel.connect(getSocketAddress());
      registerChannel(channel, channel.register(selector, SelectionKey.OP_CONNECT, this));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Closes the connection, gives up what is under way, and asks for another one when it is time. */
  void disconnect() {
    SelectionKey key = getSk();
    if (key != null) {
      key.cancel();
    }
    reconnecting();
    closeOld(getChannel());
    delegate().setChannel(null);
    setupResend();
    connectAt = System.nanoTime() + owner.link().reconnectDelay().toNanos();
  }

  @Override
  public void registerChannel(SocketChannel channel, SelectionKey key) {
    closeOld(getChannel());
    owner.link().progress();
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
    return owner.link().address();
  }

  @Override
  public void connected() {
    cancelQueued();
    delegate().connected();
    owner.link().progress();
    Handshake handshake = new Handshake(owner.owner().credentials(), owner.link()::handshakeAnswered);
    handshake.setHandlingNode(this);
    handshake.initialize();
    delegate().addOp(handshake);
  }

  @Override
  public void reconnecting() {
    boolean onPurpose = givenUp;
    givenUp = false;
    delegate().reconnecting();
    owner.link().connectionLost(onPurpose);
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
    owner.link().encrypting();
    return ClientTls.handshake(delegate(), timeoutMillis);
  }

  /** Asked by the AWS client: the text of what has come. */
  public ByteBuffer decryptNextTLSDataRecord(ByteBuffer encrypted) throws IOException {
    return Objects.requireNonNull(input, "no handshake").decrypt(encrypted);
  }

  private void cancelQueued() {
    while (hasWriteOp()) {
      removeCurrentWriteOp().cancel();
    }
    while (hasReadOp()) {
      removeCurrentReadOp().cancel();
    }
    destroyInputQueue().forEach(Operation::cancel);
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
