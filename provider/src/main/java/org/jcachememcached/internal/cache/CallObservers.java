package org.jcachememcached.internal.cache;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import org.jcachememcached.api.CallObserver;
import org.jcachememcached.internal.logging.OccasionalLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who observe the calls of the caches of one manager; at first there are none. Thread-safe.
 */
public final class CallObservers {

  private static final Logger LOG = LoggerFactory.getLogger(CallObservers.class);

  private final OccasionalLog failures;
  private volatile List<CallObserver> observers = List.of();

  public CallObservers(InstantSource clock) {
    this.failures = new OccasionalLog(clock);
  }

  /** Adds one, for the calls that begin from now on; has no effect if it was added before. */
  public synchronized void add(CallObserver observer) {
    if (!observers.contains(observer)) {
      List<CallObserver> more = new ArrayList<>(observers);
      more.add(observer);
      observers = List.copyOf(more);
    }
  }

  /** Removes one; calls that it observes already are followed to their ends. */
  public synchronized void remove(CallObserver observer) {
    observers = observers.stream().filter(other -> !other.equals(observer)).toList();
  }

  boolean isEmpty() {
    return observers.isEmpty();
  }

  /** What follows a call that begins. */
  List<CallObserver.Call> begin(Cache<?, ?> cache, String operation) {
    List<CallObserver.Call> followed = new ArrayList<>(observers.size());
    for (CallObserver observer : observers) {
      CallObserver.Call call = begin(observer, cache, operation);
      if (call != null) {
        followed.add(call);
      }
    }
    return followed;
  }

  private CallObserver.@Nullable Call begin(
      CallObserver observer, Cache<?, ?> cache, String operation) {
    try {
      return observer.begin(cache, operation);
    } catch (RuntimeException e) {
      failed(e);
      return null;
    }
  }

  /** An observer has thrown an exception. */
  void failed(RuntimeException failure) {
    failures.log(
        count -> LOG.warn("An observer of calls has failed, {} times so far", count, failure));
  }
}
