package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jcachememcached.internal.store.ChangingServers;
import org.jcachememcached.internal.store.ItemStore;

/** A call that uses the same servers from its beginning to its end. Thread-safe. */
final class FleetPassage implements ChangingServers.Passage {

  private final Fleet fleet;
  private final List<Handover.Former> formers;
  private final boolean reads;
  private final ItemStore servers;
  private final ItemStore formerServers;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param fleet is left when the call ends
   * @param now when the call began
   */
  FleetPassage(Fleet fleet, long now, RequestSender requests, Crawls crawls) {
    this.fleet = fleet;
    this.formers = fleet.handover().formers();
    this.reads = formers.stream().anyMatch(former -> former.isRead(now));
    this.servers = new FleetStore(fleet, requests, crawls);
    this.formerServers =
        new FormerStore(fleet, fleet.handover().formersAt(now), now, requests, crawls);
  }

  @Override
  public ItemStore servers() {
    return servers;
  }

  @Override
  public ItemStore formerServers() {
    return formerServers;
  }

  @Override
  public boolean hasMoved(String key) {
    return formers.stream().anyMatch(former -> former.formerNodeOf(key, fleet).isPresent());
  }

  @Override
  public boolean readsFormerServers() {
    return reads;
  }

  @Override
  public CompletableFuture<?> whenEarlierHaveEnded() {
    return fleet.handover().earlierCalls();
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      fleet.leave();
    }
  }
}
