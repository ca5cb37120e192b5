package org.jcachememcached.internal.event;

/**
 * Events that have happened and whose place in the order of events is fixed. For use by one thread.
 */
@FunctionalInterface
public interface CommittedEvents {

  /** No events. */
  CommittedEvents NONE = () -> {};

  /**
   * Calls the synchronous listeners, and waits for a bounded time if asynchronous ones do not keep
   * up; to be called once, while no lock is held.
   *
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener failed; all
   *     others were called
   */
  void publish();
}
