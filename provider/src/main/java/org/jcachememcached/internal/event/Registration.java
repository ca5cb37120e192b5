package org.jcachememcached.internal.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jcachememcached.internal.jcache.GivenInstance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A registered listener with its filter. Thread-safe if both are. */
final class Registration<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private volatile boolean ended;

  Registration(CacheEntryListenerConfiguration<K, V> configuration) {
    this.configuration = configuration;
    this.listener = configuration.getCacheEntryListenerFactory().create();
    this.filter = filter();
  }

  /** Creates the filter; closes the listener if that fails. */
  private @Nullable CacheEntryEventFilter<? super K, ? super V> filter() {
    Factory<CacheEntryEventFilter<? super K, ? super V>> factory =
        configuration.getCacheEntryEventFilterFactory();
    try {
      return factory == null ? null : factory.create();
    } catch (Throwable e) {
      closeListener();
      throw e;
    }
  }

  private void closeListener() {
    try {
      if (!isListenerGiven() && listener instanceof Closeable closeable) {
        closeable.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be closed", listener.getClass().getName(), e);
    }
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  boolean isSynchronous() {
    return configuration.isSynchronous();
  }

  /** What may have to be closed: the listener and the filter that factories have created. */
  List<Object> resources() {
    List<Object> resources = new ArrayList<>(2);
    if (!isListenerGiven()) {
      resources.add(listener);
    }
    if (filter != null && !GivenInstance.isFrom(configuration.getCacheEntryEventFilterFactory())) {
      resources.add(filter);
    }
    return resources;
  }

  private boolean isListenerGiven() {
    return GivenInstance.isFrom(configuration.getCacheEntryListenerFactory());
  }

  /** Whether the listener receives events of that type. */
  boolean accepts(EventType type) {
    return switch (type) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
    };
  }

  /** From now on the listener is not called, not even for events that have already happened. */
  void end() {
    ended = true;
  }

  /** Calls the listener for the events of its types that pass the filter. */
  void deliver(EventBatch<K, V> run) {
    if (ended || !accepts(run.type())) {
      return;
    }
    List<CacheEntryEvent<? extends K, ? extends V>> wanted = wanted(run.events());
    if (!wanted.isEmpty()) {
      call(listener, run.type(), wanted);
    }
  }

  private List<CacheEntryEvent<? extends K, ? extends V>> wanted(List<EntryEvent<K, V>> events) {
    List<CacheEntryEvent<? extends K, ? extends V>> wanted = new ArrayList<>(events.size());
    for (EntryEvent<K, V> event : events) {
      if (filter == null || filter.evaluate(event)) {
        wanted.add(event);
      }
    }
    return wanted;
  }

  // accepts() has checked the type of the listener; its type arguments are supertypes of K and V.
  @SuppressWarnings("unchecked")
  private static <K, V> void call(
      CacheEntryListener<? super K, ? super V> listener,
      EventType type,
      Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    switch (type) {
      case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
      case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
      case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
      case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
    }
  }
}
