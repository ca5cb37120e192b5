package org.jcachememcached.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/**
 * Listens to everything and remembers it, call by call; after that it does what a test asks for.
 * Thread-safe.
 */
public final class RecordingListener
    implements CacheEntryCreatedListener<String, String>,
        CacheEntryUpdatedListener<String, String>,
        CacheEntryRemovedListener<String, String>,
        CacheEntryExpiredListener<String, String> {

  private final List<List<String>> calls = new CopyOnWriteArrayList<>();
  private final Runnable afterwards;

  public RecordingListener() {
    this(() -> {});
  }

  /**
   * @param afterwards runs at the end of each call
   */
  public RecordingListener(Runnable afterwards) {
    this.afterwards = afterwards;
  }

  /** Each event of all calls: {@code "UPDATED key=value (old)"}. */
  public List<String> events() {
    return calls.stream().flatMap(List::stream).toList();
  }

  /** The events of each call. */
  public List<List<String>> calls() {
    return List.copyOf(calls);
  }

  /** A registration of this listener on the caller's thread, with old values. */
  public MutableCacheEntryListenerConfiguration<String, String> synchronous() {
    return registration(null, true);
  }

  /** A registration of this listener on a thread of its own, with old values. */
  public MutableCacheEntryListenerConfiguration<String, String> asynchronous() {
    return registration(null, false);
  }

  /** A registration of this listener on the caller's thread, for the events of a filter. */
  public MutableCacheEntryListenerConfiguration<String, String> filtered(
      CacheEntryEventFilter<String, String> filter) {
    return registration(filter, true);
  }

  private MutableCacheEntryListenerConfiguration<String, String> registration(
      CacheEntryEventFilter<String, String> filter, boolean synchronous) {
    return new MutableCacheEntryListenerConfiguration<>(
        new SingletonFactory<>(this),
        filter == null ? null : new SingletonFactory<>(filter),
        true,
        synchronous);
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    remember(events);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    remember(events);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    remember(events);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    remember(events);
  }

  private void remember(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    List<String> call = new ArrayList<>();
    for (CacheEntryEvent<? extends String, ? extends String> event : events) {
      String old = event.isOldValueAvailable() ? " (" + event.getOldValue() + ")" : "";
      call.add(event.getEventType() + " " + event.getKey() + "=" + event.getValue() + old);
    }
    calls.add(call);
    afterwards.run();
  }
}
