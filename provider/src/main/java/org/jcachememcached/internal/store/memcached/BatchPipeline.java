package org.jcachememcached.internal.store.memcached;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.BatchListener;
import org.jcachememcached.internal.thread.SerialTask;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call that is sent to one server: its batches, sent piece by piece. A few are under
 * way at a time, and the next one is sent when one is answered, so that a call of any size takes
 * little memory, does not delay others, and never exceeds by itself what may be under way to a
 * server.
 *
 * <p>A batch also waits for a permit where other calls have taken them all. When a batch fails as a
 * whole, those that are not sent yet fail at once: a server that does not answer costs one timeout,
 * not one per batch. Thread-safe: one thread sends at a time, and no other waits for it.
 */
final class BatchPipeline implements BatchListener, Permits.Applicant {

  /**
   * A batch that is to be sent.
   *
   * @param positions the position of each command in the call
   * @param bytes how many they take on the wire, or an upper bound of it
   */
  record Routed(Connection connection, Command[] commands, int[] positions, long bytes) {}

  /** The bytes of batches that are under way at a time, unless one batch alone is larger. */
  private static final long WINDOW_BYTES = 1024 * 1024;

  private final PendingReplies call;
  private final ServerNode node;
  private final Queue<Routed> unsent = new ArrayDeque<>();
  private final SerialTask sending = new SerialTask("Sending requests", this::trySending);
  private final AtomicLong bytesUnderWay = new AtomicLong();
  private final AtomicBoolean hasExpired = new AtomicBoolean();
  private volatile @Nullable StoreException failure;
  private volatile boolean admitted;
  private boolean applying;
  private long appliedFor;

  BatchPipeline(PendingReplies call, ServerNode node) {
    this.call = call;
    this.node = node;
  }

  /** Adds a batch; all of them before {@link #send}. */
  void add(Routed batch) {
    unsent.add(batch);
  }

  /** Sends what can be sent now; the rest follows. */
  void send() {
    sending.request();
  }

  private void trySending() {
    try {
      sendNext();
    } catch (Throwable e) {
      String message = "a command to memcached at " + node.server() + " could not be sent: " + e;
      failure = StoreException.withoutEffect(Reason.REJECTED, message, e);
      failUnsent(failure);
    }
  }

  private void sendNext() {
    for (Routed next = unsent.peek(); next != null; next = unsent.peek()) {
      StoreException because = failure;
      if (because != null) {
        failUnsent(because);
      } else if (isRoomInWindow(next) && isAdmitted(next)) {
        bytesUnderWay.addAndGet(next.bytes());
        next.connection().sendAdmitted(next, this);
        unsent.remove();
      } else {
        return;
      }
    }
    giveBackUnused();
  }

  private boolean isRoomInWindow(Routed next) {
    long before = bytesUnderWay.get();
    return before == 0 || before + next.bytes() <= WINDOW_BYTES;
  }

  private boolean isAdmitted(Routed next) {
    if (!applying) {
      admitted = false;
      appliedFor = next.bytes();
      applying = !node.permits().apply(appliedFor, this);
    }
    if (admitted) {
      applying = false;
    }
    return !applying;
  }

  /** A permit may be granted when nothing is left to send, because a batch has failed. */
  private void giveBackUnused() {
    if (applying && admitted) {
      applying = false;
      node.permits().release(appliedFor);
    }
  }

  private void failUnsent(StoreException because) {
    String message = Objects.requireNonNull(because.getMessage());
    Reply reply = Reply.failed(StoreException.withoutEffect(because.reason(), message, because));
    for (Routed next = unsent.poll(); next != null; next = unsent.poll()) {
      for (int position : next.positions()) {
        call.reply(position, reply);
      }
      call.answered(next.positions().length);
    }
  }

  @Override
  public boolean makeRoomFor(int bytes) {
    return call.makeRoomFor(bytes);
  }

  @Override
  public void reply(int position, Reply reply) {
    call.reply(position, reply);
  }

  @Override
  public void ended(int commands, long bytes, @Nullable StoreException because) {
    bytesUnderWay.addAndGet(-bytes);
    if (because != null && because.reason() != Reason.TOO_LARGE) {
      failure = because;
    }
    send();
    call.answered(commands);
  }

  /** {@inheritDoc} The batches of one call count as one sign of a slow server. */
  @Override
  public boolean isFirstToExpire() {
    return hasExpired.compareAndSet(false, true);
  }

  @Override
  public void admit() {
    admitted = true;
    send();
  }

  @Override
  public void refuse(StoreException because) {
    failure = because;
    send();
  }
}
