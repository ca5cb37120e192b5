package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Determines which thread runs the I/O loop of a client: the leader. Thread-safe.
 *
 * <p>A thread that waits for an answer becomes the leader if there is none, so that its own request
 * takes no switch of threads. It leads until its answer has arrived, and then wakes one of the
 * threads that wait beside it. The I/O thread leads while no thread waits, while many do, and
 * whenever those that wait cannot: virtual threads, whose carrier a selector would block.
 *
 * <p>Requests of which no thread awaits the answer are served by the leader, and by the I/O thread
 * within {@value #POLL_MILLIS} ms if there is no leader.
 */
final class LoopLeadership {

  /** The loop that is led. */
  interface Loop {

    /** Runs one turn; never fails. */
    void turn();

    /** Makes the turn that is under way, or else the next one, end without waiting. */
    void wakeUp();

    boolean isRunning();
  }

  /** So many threads wait at a time that handing over costs more than one thread for all. */
  private static final int CROWD = 24;

  /** The crowd has dissolved when fewer threads wait after so many turns in succession. */
  private static final int CALM_TURNS = 50;

  private static final long POLL_MILLIS = 1;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);

  /** Without a caller for so long, the I/O thread leads. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Callers that follow one another at shorter intervals lead themselves. */
  private static final long FREQUENT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A parked thread checks at least so often whether it has to lead. */
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A thread that waits while another one leads. */
  private record Follower(Thread thread, CompletableFuture<?> answer, boolean mayLead) {}

  private final Loop loop;
  private final Thread ioThread;
  private final Predicate<Thread> isUnableToLead;
  private final RequestGathering gathering = new RequestGathering();
  private final AtomicReference<@Nullable Thread> leader = new AtomicReference<>();
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger waitingUnableToLead = new AtomicInteger();
  private volatile long lastWait = System.nanoTime() - QUIET_NANOS;
  private volatile boolean frequent;

  /**
   * @param ioThread calls {@link #runInIoThread}
   * @param isUnableToLead which threads must not wait in the loop
   */
  LoopLeadership(Loop loop, Thread ioThread, Predicate<Thread> isUnableToLead) {
    this.loop = loop;
    this.ioThread = ioThread;
    this.isUnableToLead = isUnableToLead;
  }

  /** Whether a thread runs the loop. */
  boolean isLed() {
    return leader.get() != null;
  }

  /** Ends a wait of the leader for I/O, unless the leader is this thread. */
  void wakeLeader() {
    Thread leads = leader.get();
    if (leads != null && leads != Thread.currentThread()) {
      loop.wakeUp();
    }
  }

  /** Has the loop make a turn at once, in whichever thread. */
  void attend() {
    if (leader.get() == null) {
      LockSupport.unpark(ioThread);
    }
    loop.wakeUp();
  }

  /** Wakes a thread whose answer is complete; it may wait beside the leader, or lead. */
  void answered(Thread waiter) {
    if (waiter == Thread.currentThread()) {
      return;
    }
    if (leader.get() == waiter) {
      loop.wakeUp();
    }
    LockSupport.unpark(waiter);
  }

  /**
   * Waits for an answer, also in a thread that is interrupted, and leads meanwhile if that is
   * possible. The thread that completes the answer calls {@link #answered}.
   *
   * @param nanos how long it waits at most
   */
  void await(CompletableFuture<?> answer, long nanos) {
    Thread me = Thread.currentThread();
    boolean mayLead = !isUnableToLead.test(me);
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    if (mayLead && becomeLeader(me)) {
      interrupted = leadFor(answer, end);
    }
    if (!answer.isDone()) {
      interrupted |= follow(new Follower(me, answer, mayLead), end);
    }
    handOver();
    if (interrupted) {
      me.interrupt();
    }
  }

  private boolean becomeLeader(Thread caller) {
    return loop.isRunning() && !isForIoThread() && leader.compareAndSet(null, caller);
  }

  private boolean isForIoThread() {
    return waiting.get() >= CROWD || waitingUnableToLead.get() > 0;
  }

  /** Leads until the answer is there; returns whether the thread was interrupted meanwhile. */
  private boolean leadFor(CompletableFuture<?> answer, long end) {
    boolean interrupted = false;
    try {
      long now = System.nanoTime();
      lastWait = now;
      while (!answer.isDone() && loop.isRunning() && !isForIoThread() && end - now > 0) {
        // A selector does not wait in a thread that is interrupted.
        interrupted |= Thread.interrupted();
        turn();
        now = System.nanoTime();
      }
    } finally {
      leader.set(null);
    }
    return interrupted;
  }

  private void turn() {
    if (waiting.get() > 0) {
      gathering.run();
    }
    loop.turn();
  }

  /** Waits beside the leader; returns whether the thread was interrupted meanwhile. */
  private boolean follow(Follower me, long end) {
    boolean interrupted = false;
    join(me);
    try {
      for (long left = end - System.nanoTime();
          left > 0 && !me.answer().isDone();
          left = end - System.nanoTime()) {
        if (me.mayLead() && becomeLeader(me.thread())) {
          interrupted |= leadFor(me.answer(), end);
        } else {
          if (leader.get() == null) {
            LockSupport.unpark(ioThread);
          }
          LockSupport.parkNanos(this, Math.min(left, LONGEST_PARK_NANOS));
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      leave(me);
    }
    return interrupted;
  }

  private void join(Follower me) {
    long now = System.nanoTime();
    frequent = now - lastWait < FREQUENT_NANOS;
    lastWait = now;
    followers.add(me);
    if (!me.mayLead()) {
      waitingUnableToLead.incrementAndGet();
      wakeLeader();
    }
    if (waiting.incrementAndGet() == CROWD) {
      // The leader has to give way to the I/O thread.
      wakeLeader();
    }
  }

  private void leave(Follower me) {
    followers.remove(me);
    waiting.decrementAndGet();
    if (!me.mayLead()) {
      waitingUnableToLead.decrementAndGet();
    }
  }

  /** Wakes the next leader, if one is needed and there is none. */
  private void handOver() {
    if (waiting.get() == 0 || leader.get() != null) {
      return;
    }
    if (!isForIoThread()) {
      for (Follower next : followers) {
        if (!next.answer().isDone()) {
          LockSupport.unpark(next.thread());
          return;
        }
      }
    }
    LockSupport.unpark(ioThread);
  }

  /** What the I/O thread does until the loop ends. */
  void runInIoThread() {
    while (loop.isRunning()) {
      boolean callersLead = System.nanoTime() - lastWait < QUIET_NANOS && !isForIoThread();
      if (callersLead) {
        LockSupport.parkNanos(this, POLL_NANOS);
      }
      if (leader.compareAndSet(null, ioThread)) {
        try {
          lead(callersLead && !isForIoThread());
        } finally {
          leader.set(null);
        }
        handOver();
      } else {
        LockSupport.parkNanos(this, POLL_NANOS);
      }
    }
  }

  private void lead(boolean onlyOneTurn) {
    if (onlyOneTurn) {
      loop.wakeUp();
      loop.turn();
      return;
    }
    int calmTurns = 0;
    while (loop.isRunning() && calmTurns < CALM_TURNS) {
      turn();
      int wait = waiting.get();
      if (isForIoThread() || wait >= CROWD / 2) {
        calmTurns = 0;
      } else if (wait > 0 && frequent) {
        // A crowd comes back at once, a single caller does not.
        calmTurns = wait == 1 ? CALM_TURNS : calmTurns + 1;
      }
    }
  }

  /**
   * Takes the loop away from all threads, for good.
   *
   * @param nanos how long it waits for the leader at most
   */
  void end(long nanos) {
    Thread me = Thread.currentThread();
    long end = System.nanoTime() + nanos;
    while (leader.get() != me && !leader.compareAndSet(null, me) && end - System.nanoTime() > 0) {
      loop.wakeUp();
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }
}
