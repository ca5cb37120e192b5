package org.jcachememcached.internal.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which callers deliver the events of each key to synchronous listeners. Thread-safe;
 * keeps nothing for keys without pending deliveries.
 *
 * <p>Every wait is bounded, and a thread in a {@link NoWaitScope} does not wait at all: the
 * listeners of two callers may each have changed what the other one delivers.
 */
final class DeliveryOrder {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryOrder.class);

  private final ConcurrentHashMap<String, Place> last = new ConcurrentHashMap<>();
  private final String cacheName;
  private final Duration patience;

  /**
   * @param patience how long a caller waits for earlier deliveries
   */
  DeliveryOrder(String cacheName, Duration patience) {
    this.cacheName = cacheName;
    this.patience = patience;
  }

  /** Takes the next place in the order of these keys. */
  Place enter(List<String> keys) {
    Place place = new Place(keys);
    for (String key : keys) {
      Place before = last.put(key, place);
      if (before != null) {
        place.before.add(before.left);
      }
    }
    return place;
  }

  /** The place of one caller in the order of some keys. */
  final class Place {

    private final List<String> keys;
    private final List<CompletableFuture<Void>> before = new ArrayList<>(0);
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    private Place(List<String> keys) {
      this.keys = keys;
    }

    /** Waits for the places before, delivers, and leaves the place to the next. */
    void inOrder(Runnable delivery) {
      try {
        if (!before.isEmpty() && !NoWaitScope.isActive()) {
          await();
        }
        NoWaitScope.run(() -> deliverAndLeave(delivery));
      } finally {
        leave();
      }
    }

    private void deliverAndLeave(Runnable delivery) {
      try {
        delivery.run();
      } finally {
        leave();
      }
    }

    private void leave() {
      keys.forEach(key -> last.remove(key, this));
      left.complete(null);
    }

    private void await() {
      CompletableFuture<Void> all =
          CompletableFuture.allOf(before.toArray(CompletableFuture[]::new));
      long end = System.nanoTime() + patience.toNanos();
      boolean interrupted = false;
      while (!all.isDone()) {
        try {
          all.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          LOG.warn(
              "Synchronous listeners of cache '{}' are called for a change while a call for an"
                  + " earlier one of the same key is still running, after more than {} ms (setting"
                  + " 'queue.wait')",
              cacheName,
              patience.toMillis());
          break;
        } catch (ExecutionException e) {
          throw new AssertionError("Places never fail", e);
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
