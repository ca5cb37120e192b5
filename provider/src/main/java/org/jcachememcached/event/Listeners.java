package org.jcachememcached.event;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one cache and the dispatch of events to them (JSR-107 section 8). Synchronous
 * listeners run on the caller's thread before the call returns; asynchronous ones on one thread of
 * the cache, in the order in which this JVM saw the events. A listener that throws keeps no other
 * from being told. Thread-safe.
 */
public final class Listeners<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();
  private final AsynchronousDispatch dispatch;
  private volatile @Nullable Cache<K, V> source;
  private volatile Set<EventType> heard = EnumSet.noneOf(EventType.class);

  /**
   * @param cacheName names the thread of the asynchronous listeners
   */
  public Listeners(String cacheName) {
    this.dispatch = new AsynchronousDispatch(cacheName);
  }

  /** Says which cache the events happen in; before that, nothing happens. */
  public void speakFor(Cache<K, V> cache) {
    source = cache;
  }

  /**
   * Lets one more listener hear.
   *
   * @throws IllegalArgumentException if a listener is registered with an equal configuration
   */
  public synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
    if (find(configuration) != null) {
      throw new IllegalArgumentException(
          "A cache entry listener may be registered once with the same configuration");
    }
    registrations.add(new Registration<>(configuration));
    listen();
  }

  /**
   * Forgets a listener; does nothing when it is not registered.
   *
   * @return what belonged to it and may want to be closed
   */
  public synchronized List<Object> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    Registration<K, V> registration = find(configuration);
    if (registration == null) {
      return List.of();
    }
    registrations.remove(registration);
    listen();
    return registration.resources();
  }

  /** Whether anybody is to be told of events of that type. */
  public boolean hear(EventType type) {
    return heard.contains(type);
  }

  /** Whether anybody is to be told of anything. */
  public boolean isEmpty() {
    return heard.isEmpty();
  }

  /**
   * Tells everybody concerned.
   *
   * @throws CacheEntryListenerException if a synchronous listener failed; all others were told
   */
  public void publish(List<Event<K, V>> events) {
    Cache<K, V> cache = Objects.requireNonNull(source);
    @Nullable RuntimeException failure = null;
    for (int from = 0; from < events.size(); ) {
      EventType type = events.get(from).type();
      List<EntryEvent<K, V>> run = new ArrayList<>();
      for (; from < events.size() && events.get(from).type() == type; from++) {
        run.add(new EntryEvent<>(cache, events.get(from)));
      }
      failure = tellAll(type, run, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits, for a bounded time, for asynchronous listeners, and tells nobody anything any more. */
  public void close() {
    dispatch.close();
  }

  /** Everything that belongs to listeners and may want to be closed. */
  public List<Object> resources() {
    return registrations.stream().flatMap(r -> r.resources().stream()).toList();
  }

  private @Nullable RuntimeException tellAll(
      EventType type, List<EntryEvent<K, V>> events, @Nullable RuntimeException earlier) {
    RuntimeException failure = earlier;
    for (Registration<K, V> registration : registrations) {
      if (!registration.isSynchronous()) {
        dispatch.later(() -> registration.tell(type, events));
        continue;
      }
      try {
        registration.tell(type, events);
      } catch (Exception e) {
        CacheEntryListenerException wrapped = wrapped(e);
        if (failure == null) {
          failure = wrapped;
        } else {
          LOG.debug("After '{}', another listener has failed too", failure, wrapped);
        }
      }
    }
    return failure;
  }

  private static CacheEntryListenerException wrapped(Exception e) {
    return e instanceof CacheEntryListenerException already
        ? already
        : new CacheEntryListenerException("A cache entry listener failed: " + e, e);
  }

  private @Nullable Registration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    return registrations.stream()
        .filter(r -> Objects.equals(r.configuration(), configuration))
        .findFirst()
        .orElse(null);
  }

  private void listen() {
    EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
    for (EventType type : EventType.values()) {
      if (registrations.stream().anyMatch(r -> r.hears(type))) {
        types.add(type);
      }
    }
    heard = types;
  }
}
