package org.jcachememcached.internal.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one cache and the dispatch of events to them (JSR-107 section 8). Synchronous
 * listeners run on the caller's thread before the call returns; asynchronous ones run on one thread
 * of the cache. Both receive the changes of a key in the order in which they were enlisted. The
 * exception of one listener does not keep the others from being called. Thread-safe.
 */
public final class EventDispatcher<K, V> implements EventPublisher<K, V> {

  /** How long a caller waits for asynchronous listeners that do not keep up. */
  private static final Duration ROOM_PATIENCE = Duration.ofSeconds(10);

  private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();
  private final AsynchronousDispatch dispatch;
  private final Runnable roomWait;
  private final DeliveryOrder deliveryOrder;
  private volatile @Nullable Cache<K, V> source;
  private volatile Set<EventType> acceptedTypes = EnumSet.noneOf(EventType.class);

  /**
   * @param cacheName part of the name of the thread of the asynchronous listeners
   * @param patience how long a caller waits for other callers to deliver earlier changes of the
   *     same key to synchronous listeners
   * @param clock measures the pause between log messages about failures
   */
  public EventDispatcher(String cacheName, Duration patience, InstantSource clock) {
    this.dispatch = new AsynchronousDispatch(cacheName, ROOM_PATIENCE, clock);
    this.roomWait = dispatch::awaitRoom;
    this.deliveryOrder = new DeliveryOrder(cacheName, patience);
  }

  /** Sets the cache that is the source of the events; to be called before the first event. */
  public void setSource(Cache<K, V> cache) {
    source = cache;
  }

  /**
   * Registers a listener.
   *
   * @throws IllegalArgumentException if a listener is registered with an equal configuration
   */
  public synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
    if (find(configuration) != null) {
      throw new IllegalArgumentException(
          "A cache entry listener may be registered once with the same configuration");
    }
    registrations.add(new Registration<>(configuration));
    updateAcceptedTypes();
  }

  /**
   * Removes a listener; does nothing if it is not registered.
   *
   * @return the listener and its filter, which may have to be closed
   */
  public synchronized List<Object> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    Registration<K, V> registration = find(configuration);
    if (registration == null) {
      return List.of();
    }
    registrations.remove(registration);
    registration.end();
    updateAcceptedTypes();
    return registration.resources();
  }

  /** Whether there is a listener for events of that type. */
  public boolean hasListenersFor(EventType type) {
    return acceptedTypes.contains(type);
  }

  /** Whether there are no listeners. */
  public boolean isEmpty() {
    return acceptedTypes.isEmpty();
  }

  @Override
  public CommittedEvents enlist(List<String> keys, List<Event<K, V>> events, long bytes) {
    List<EventBatch<K, V>> runs = EventBatch.of(Objects.requireNonNull(source), events);
    boolean anyAsynchronous = false;
    boolean anySynchronous = false;
    for (Registration<K, V> registration : registrations) {
      for (EventBatch<K, V> run : runs) {
        if (!registration.accepts(run.type())) {
          continue;
        }
        if (registration.isSynchronous()) {
          anySynchronous = true;
        } else {
          anyAsynchronous = true;
          dispatch.accept(
              () -> registration.deliver(run), run.size(), bytes * run.size() / events.size());
        }
      }
    }
    DeliveryOrder.Place place = anySynchronous ? deliveryOrder.enter(keys) : null;
    boolean mustLeaveRoom = anyAsynchronous;
    return () -> publish(runs, place, mustLeaveRoom);
  }

  private void publish(
      List<EventBatch<K, V>> runs, DeliveryOrder.@Nullable Place place, boolean mustLeaveRoom) {
    try {
      if (place != null) {
        place.inOrder(() -> deliverSynchronously(runs));
      }
    } finally {
      if (mustLeaveRoom) {
        NoWaitScope.deferWait(roomWait);
      }
    }
  }

  private void deliverSynchronously(List<EventBatch<K, V>> runs) {
    ListenerFailures failures = new ListenerFailures();
    for (EventBatch<K, V> run : runs) {
      for (Registration<K, V> registration : registrations) {
        if (registration.isSynchronous()) {
          try {
            registration.deliver(run);
          } catch (Throwable e) {
            failures.add(e);
          }
        }
      }
    }
    failures.rethrow();
  }

  /** From now on no caller waits for asynchronous listeners: the cache is about to close. */
  public void stopWaiting() {
    dispatch.stopWaiting();
  }

  /** Waits for asynchronous listeners, for a bounded time, and calls none after that. */
  public void close() {
    dispatch.close();
  }

  /** The listeners and filters, which may have to be closed. */
  public List<Object> resources() {
    return registrations.stream().flatMap(r -> r.resources().stream()).toList();
  }

  private @Nullable Registration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    return registrations.stream()
        .filter(r -> Objects.equals(r.configuration(), configuration))
        .findFirst()
        .orElse(null);
  }

  private void updateAcceptedTypes() {
    EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
    for (EventType type : EventType.values()) {
      if (registrations.stream().anyMatch(r -> r.accepts(type))) {
        types.add(type);
      }
    }
    acceptedTypes = types;
  }
}
