package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of a node in the background, one at a time, where that takes more than the
 * I/O loop may wait for. The leader of the loop calls everything; any thread may ask.
 */
final class BackgroundOpening {

  /** Makes a new channel a connection. Closing the channel must end it. */
  interface Opener {
    void open(SocketChannel channel) throws IOException;
  }

  private enum Phase {
    IDLE,
    UNDER_WAY,
    /** Under way, but nothing will be done with the result. */
    ABANDONED,
    /** The result is waiting for the leader. */
    DONE
  }

  private final Executor background;
  private final Opener opener;
  private final Runnable whenDone;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
  private @Nullable SocketChannel channel;
  private @Nullable Throwable failure;

  /**
   * @param background runs the opener
   * @param whenDone is run in the same thread afterwards
   */
  BackgroundOpening(Executor background, Opener opener, Runnable whenDone) {
    this.background = background;
    this.opener = opener;
    this.whenDone = whenDone;
  }

  /** Whether a connection is being opened, or has been and waits to be taken. */
  boolean isUnderWay() {
    Phase now = phase.get();
    return now == Phase.UNDER_WAY || now == Phase.DONE;
  }

  /** Whether one that was abandoned has not ended yet, so that no other one can begin. */
  boolean isEnding() {
    return phase.get() == Phase.ABANDONED;
  }

  /**
   * Begins to open a connection.
   *
   * @throws IllegalStateException if one is under way or ending
   */
  void begin(SocketChannel newChannel) {
    if (!phase.compareAndSet(Phase.IDLE, Phase.UNDER_WAY)) {
      throw new IllegalStateException("the last attempt to connect has not ended");
    }
    channel = newChannel;
    failure = null;
    try {
      background.execute(() -> open(newChannel));
    } catch (Throwable noThread) {
      phase.set(Phase.IDLE);
      throw noThread;
    }
  }

  private void open(SocketChannel newChannel) {
    try {
      opener.open(newChannel);
    } catch (Throwable e) {
      failure = e;
    }
    if (!phase.compareAndSet(Phase.UNDER_WAY, Phase.DONE)) {
      phase.set(Phase.IDLE);
    }
    whenDone.run();
  }

  /**
   * Takes the connection, if it is open.
   *
   * @return null while it is being opened
   * @throws IOException if it could not be opened
   */
  @Nullable SocketChannel take() throws IOException {
    if (!phase.compareAndSet(Phase.DONE, Phase.IDLE)) {
      return null;
    }
    Throwable cause = failure;
    if (cause != null) {
      throw new IOException("no connection: " + cause, cause);
    }
    return channel;
  }

  /** Does without what is under way, if there is something; to be called before it is closed. */
  void abandon() {
    if (!phase.compareAndSet(Phase.UNDER_WAY, Phase.ABANDONED)) {
      phase.compareAndSet(Phase.DONE, Phase.IDLE);
    }
  }
}
