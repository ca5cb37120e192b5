package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.EntryStoreContract;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of stores, on two servers of different weight. */
class MemcachedStoreIT extends EntryStoreContract {

  private static MemcachedServer one;
  private static MemcachedServer two;

  @BeforeAll
  static void startServers() {
    one = MemcachedServer.start();
    two = MemcachedServer.start();
  }

  @AfterAll
  static void stopServers() {
    one.close();
    two.close();
  }

  @Override
  protected ItemStore open(InstantSource clock) {
    List<Server> servers =
        List.of(new Server(one.host(), one.port(), 1), new Server(two.host(), two.port(), 2));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(Duration.ofSeconds(10)), clock);
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  protected void letPass(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
