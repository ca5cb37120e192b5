package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.protocol.Handshake;
import org.jcachememcached.internal.store.memcached.protocol.LineRequest;
import org.jcachememcached.internal.store.memcached.tls.DecryptedInput;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jspecify.annotations.Nullable;

/**
 * A node of spymemcached with its faults corrected:
 *
 * <ul>
 *   <li>A request that was written in part when its connection broke is never sent again. It has
 *       left the queue of those that wait for an answer, so from then on every answer would go to
 *       the wrong caller. A new connection begins with empty queues.
 *   <li>A request that is complete before it is written, because the server refused it early,
 *       closes the connection; it would end the I/O loop.
 *   <li>A connection can be given up from outside.
 *   <li>A connection that is closed, in whatever way, is reset: the kernel discards what it has not
 *       delivered yet. Otherwise it would go on sending that, and an old value would arrive after
 *       newer ones that were acknowledged on other connections.
 * </ul>
 *
 * <p>Requests are added and written by every thread. What the client's loop calls is called by the
 * leader of that loop only; the rest is thread-safe.
 */
public final class HardenedNode extends DelegatingNode {

  /** Applies where the listener cannot say how long to wait, because it has failed. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Server server;
  private final ConnectionListener listener;
  private final HardenedConnection io;
  private final @Nullable Credentials credentials;
  private final WritingNode writer;
  private final boolean encrypted;
  private final long timeoutMillis;
  private final BackgroundOpening opening;
  private volatile long connectAt;
  private volatile boolean awaitingConnect;
  private volatile boolean givenUp;
  private volatile boolean retired;
  private @Nullable DecryptedInput input;
  private @Nullable LineOperation handshake;

  private HardenedNode(
      WritingNode writer,
      Server server,
      ConnectionListener listener,
      HardenedConnection io,
      ClientOptions options) {
    super(writer);
    this.writer = writer;
    this.server = server;
    this.listener = listener;
    this.io = io;
    this.credentials = options.credentials();
    this.encrypted = options.tls() != null;
    this.timeoutMillis = options.timeout().toMillis();
    this.opening =
        new BackgroundOpening(
            DaemonThreads.executor("jcache-memcached TLS handshake with " + server),
            this::encrypt,
            io::attend);
  }

  static HardenedNode create(
      Server server,
      ConnectionListener listener,
      HardenedConnection io,
      ClientOptions options,
      int bufferSize)
      throws IOException {
    HardenedConnectionFactory factory =
        new HardenedConnectionFactory(server, io.ketama()::nodeOf, options, bufferSize);
    return new HardenedNode(factory.createNode(), server, listener, io, options);
  }

  /**
   * Puts an operation at the end of the queue and writes it, unless the leader of the I/O loop is
   * about to. The thread that awaits the answer has it read, see {@link #attend} for others.
   *
   * @throws IllegalStateException if the queue is full or the client closed
   */
  public void enqueue(MetaOperation operation) {
    io.enqueue(this, operation);
  }

  /**
   * Puts a request of the node itself at the end of the queue.
   *
   * @throws IllegalStateException if the queue is full or the client closed
   */
  public void enqueue(LineRequest request) {
    io.enqueue(this, new LineOperation(request));
    attend();
  }

  /** What completes the answers to operations of this node. */
  public AnswerLoop loop() {
    return io;
  }

  /** Has the answer to an operation read that no thread awaits. */
  public void attend() {
    io.attend();
  }

  /** Asks for a connection, to be opened at once. */
  public void askForConnection() {
    connectIn(Duration.ZERO);
    io.attend();
  }

  private void connectIn(Duration pause) {
    connectAt = System.nanoTime() + pause.toNanos();
    awaitingConnect = true;
  }

  boolean isConnectDue() {
    return awaitingConnect
        && !retired
        && System.nanoTime() - connectAt >= 0
        && !opening.isEnding()
        && listener.mayConnect();
  }

  /** Has the connection opened if it is time; to be called at short intervals. */
  public void connectIfDue() {
    if (isConnectDue()) {
      io.attend();
    }
  }

  /** Whether a connection is being opened in the background. */
  boolean isOpening() {
    return opening.isUnderWay();
  }

  /** Whether no connection is attempted until the pause after the last one has passed. */
  public boolean isLeftAlone() {
    return awaitingConnect && !isConnectDue();
  }

  /** Whether there is a connection, even one that is not complete yet. */
  public boolean hasConnection() {
    SelectionKey key = getSk();
    return isOpening() || (key != null && key.isValid());
  }

  /** Whether the server owes answers, or something is to be written. */
  public boolean isAwaitingAnswer() {
    return writer.isAwaitingAnswer();
  }

  /** Asks for the connection to be closed, at once. */
  public void giveUpConnection() {
    givenUp = true;
    io.attend();
  }

  /** Whether the connection is to be closed. */
  public boolean isGivenUp() {
    return givenUp;
  }

  /** Closes the connection for good; the client forgets the node. */
  public void retire() {
    retired = true;
    giveUpConnection();
  }

  /** Whether it is to be forgotten, and has no connection any more. */
  boolean isGone() {
    return retired && !hasConnection() && !opening.isEnding();
  }

  /**
   * Begins to connect, unless there is a connection: two threads may have asked for one. A Unix
   * socket is connected at once, and then there is no event of the selector to wait for.
   */
  void connect(Selector selector) throws IOException {
    awaitingConnect = false;
    if (hasConnection()) {
      return;
    }
    setupResend();
    SocketChannel channel =
        server.isAtUnixSocket()
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      if (!server.isAtUnixSocket()) {
        setOptions(channel.socket());
      }
      if (encrypted) {
        connectInBackground(channel);
      } else {
        channel.configureBlocking(false);
        boolean connected = channel.connect(getSocketAddress());
        int awaited = connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
        registerChannel(channel, channel.register(selector, awaited, this));
        if (connected) {
          connected();
          fixupOps();
        }
      }
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static void setOptions(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setSoLinger(true, 0);
  }

  /** The client would perform the handshake in the I/O loop, however long the server takes. */
  private void connectInBackground(SocketChannel channel) {
    closeOld(getChannel());
    listener.progress();
    input = new DecryptedInput(record -> ClientTls.decrypt(writer.delegate(), record));
    delegate().setChannel(new HandshakeChannel(channel));
    opening.begin(channel);
  }

  private void encrypt(SocketChannel channel) throws IOException {
    channel.connect(getSocketAddress());
    listener.encrypting();
    if (!ClientTls.handshake(writer.delegate(), timeoutMillis)) {
      throw new SSLException("the TLS handshake with memcached at " + server + " failed");
    }
  }

  /**
   * Begins to use the connection that was opened in the background.
   *
   * @return whether there is one already
   * @throws IOException if it could not be opened
   */
  boolean takeOver(Selector selector) throws IOException {
    SocketChannel channel = opening.take();
    if (channel == null) {
      return false;
    }
    channel.configureBlocking(false);
    setSk(channel.register(selector, 0, this));
    connected();
    fixupOps();
    return true;
  }

  /**
   * Closes the connection, gives up what is under way, and asks for another one when it is time.
   */
  void disconnect() {
    // Before everything that may fail: without it the server would never be asked again.
    connectIn(PAUSE_AFTER_FAILURE);
    SelectionKey key = getSk();
    if (key != null) {
      key.cancel();
    }
    opening.abandon();
    FaultBarrier.run("The end of a connection", this::reconnecting);
    FaultBarrier.run("The end of a connection", () -> closeOld(getChannel()));
    delegate().setChannel(null);
    FaultBarrier.run("The end of a connection", this::setupResend);
  }

  @Override
  public void registerChannel(SocketChannel channel, SelectionKey key) {
    closeOld(getChannel());
    listener.progress();
    delegate().registerChannel(channel, key);
  }

  private void closeOld(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the old connection to " + server + " is not closed", e);
    }
  }

  /** The address that the name service gave last. */
  @Override
  public SocketAddress getSocketAddress() {
    return listener.address();
  }

  @Override
  public void connected() {
    cancelQueued();
    delegate().connected();
    listener.progress();
    LineOperation first = new LineOperation(new Handshake(credentials, listener));
    first.setHandlingNode(this);
    first.initialize();
    handshake = first;
    writer.begin(first);
  }

  /**
   * {@inheritDoc} Asked when something has arrived. A server that refuses a connection says so
   * before it is asked.
   */
  @Override
  public @Nullable Operation getCurrentReadOp() {
    io.arrived();
    Operation current = delegate().getCurrentReadOp();
    return current == null && handshake != null && handshake.getState() != OperationState.COMPLETE
        ? handshake
        : current;
  }

  @Override
  public void reconnecting() {
    boolean onPurpose = givenUp;
    givenUp = false;
    delegate().reconnecting();
    connectIn(listener.connectionLost(onPurpose));
  }

  @Override
  public void completedRead() {
    listener.heard();
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

  /** Asked by the AWS client: decrypts what has arrived. */
  public ByteBuffer decryptNextTLSDataRecord(ByteBuffer encrypted) throws IOException {
    return Objects.requireNonNull(input, "no handshake").decrypt(encrypted);
  }

  /** Writes what was added, see {@link WritingNode#write}. */
  boolean write() {
    return writer.write();
  }

  private void cancelQueued() {
    writer.end().forEach(HardenedNode::cancel);
  }

  /** An operation that cannot be cancelled must not keep the others from being cancelled. */
  private static void cancel(Operation operation) {
    FaultBarrier.run("Giving up a request", operation::cancel);
    if (operation instanceof MetaOperation ofStore) {
      ofStore.leave();
    }
  }
}
