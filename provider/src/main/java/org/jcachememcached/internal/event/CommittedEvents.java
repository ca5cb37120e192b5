package org.jcachememcached.internal.event;

/** Events that have happened and on whose order nothing can change any more. */
@FunctionalInterface
public interface CommittedEvents {

  /** Of no events. */
  CommittedEvents NONE = () -> {};

  /**
   * Tells the synchronous listeners, and gives the asynchronous ones time to keep up; to be called
   * once, while no lock is held.
   *
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener failed; all
   *     others were told
   */
  void publish();
}
