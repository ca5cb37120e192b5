package org.jcachememcached.internal.store.memcached;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jcachememcached.internal.thread.SerialTask;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;

/**
 * How much may be under way to one server: a hung one must not fill the memory of its clients. A
 * call of one command gets its permit at once or not at all. The batches of a larger call get
 * theirs in order, and only from the first half of all permits, so that they never exclude all
 * other calls. No thread waits. Thread-safe.
 */
final class Permits {

  /** Receives a permit later. */
  interface Applicant {

    /** The permit is granted. */
    void admit();

    /** No permit will be granted. */
    void refuse(StoreException because);
  }

  private record Application(long size, Applicant applicant, long since) {}

  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Deque<Application> applications = new ArrayDeque<>();

  /** An applicant may return its permit at once, which lets the next one in. */
  private final SerialTask admission = new SerialTask("Admitting requests", this::admitAll);

  private final UptimeClock uptime;
  private volatile boolean applied;
  private boolean closed;

  /**
   * @param uptime the clock that waiting is measured with
   */
  Permits(int maxRequests, long maxBytes, UptimeClock uptime) {
    this.uptime = uptime;
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** Takes a permit for a request of so many bytes, if there is one. */
  boolean acquire(long size) {
    return take(size, maxRequests, maxBytes);
  }

  private boolean take(long size, int requestsBefore, long bytesBefore) {
    int beforeRequests = requests.getAndIncrement();
    long beforeBytes = bytes.getAndAdd(size);
    boolean fits =
        beforeRequests < Math.min(maxRequests, requestsBefore)
            && beforeBytes <= bytesBefore
            && beforeBytes + size <= maxBytes;
    if (!fits) {
      giveBack(size);
    }
    return fits;
  }

  /**
   * Takes a permit in order of application.
   *
   * @return whether it is granted now; if not, the applicant is called later
   */
  boolean apply(long size, Applicant applicant) {
    synchronized (applications) {
      if (closed || (applications.isEmpty() && takeOfFirstHalf(size))) {
        return true;
      }
      applications.add(new Application(size, applicant, uptime.now()));
      applied = true;
    }
    // A permit may have been returned just before.
    admission.request();
    return false;
  }

  private boolean takeOfFirstHalf(long size) {
    return take(size, (maxRequests + 1) / 2, maxBytes / 2);
  }

  /** Returns a permit. */
  void release(long size) {
    giveBack(size);
    if (applied) {
      admission.request();
    }
  }

  private void giveBack(long size) {
    bytes.addAndGet(-size);
    requests.decrementAndGet();
  }

  private void admitAll() {
    for (Application next = takeNext(); next != null; next = takeNext()) {
      FaultBarrier.run("Admitting a request", next.applicant()::admit);
    }
  }

  /** Removes the first application and takes its permit, if there is one. */
  private @Nullable Application takeNext() {
    synchronized (applications) {
      Application first = applications.peek();
      boolean isAdmitted = first != null && takeOfFirstHalf(first.size());
      if (isAdmitted) {
        applications.remove();
      }
      applied = !applications.isEmpty();
      return isAdmitted ? first : null;
    }
  }

  /**
   * Refuses applicants that wait for a permit.
   *
   * @param since only those that have waited since then or longer, as of the {@link UptimeClock}
   */
  void refuseWaiting(long since, StoreException because) {
    List<Application> refused = new ArrayList<>();
    synchronized (applications) {
      while (!applications.isEmpty() && applications.element().since() - since <= 0) {
        refused.add(applications.remove());
      }
      applied = !applications.isEmpty();
    }
    for (Application application : refused) {
      FaultBarrier.run("Refusing a request", () -> application.applicant().refuse(because));
    }
  }

  /** Refuses all applicants that wait; later ones get their permit at once. */
  void close(StoreException because) {
    synchronized (applications) {
      closed = true;
    }
    refuseWaiting(uptime.now(), because);
  }

  /** Whether an applicant waits for a permit. */
  boolean isWaitedFor() {
    return applied;
  }

  int requests() {
    return requests.get();
  }

  /** The bytes of all requests under way. */
  long bytes() {
    return bytes.get();
  }

  /** How much is under way and how much may be, with the settings of the limits. */
  @Override
  public String toString() {
    return "%d requests of %d bytes, allowed are %d (setting 'max.requests') and %d (setting 'max.bytes')"
        .formatted(requests(), bytes(), maxRequests, maxBytes);
  }
}
