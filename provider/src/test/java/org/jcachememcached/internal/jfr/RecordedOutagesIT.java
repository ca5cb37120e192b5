package org.jcachememcached.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import jdk.jfr.consumer.RecordedEvent;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the flight recorder records of a server that goes away and comes back. */
@Timeout(120)
class RecordedOutagesIT {

  @Test
  void outagesAndReconnectsAreRecorded() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider();
        RecordedEvents events = RecordedEvents.of("ServerDown", "ServerUp", "Connection")) {
      CacheManager manager =
          provider.getCacheManager(URI.create("memcached://" + server.address() + "/shop"), null);
      Cache<String, String> users =
          manager.createCache(
              "users",
              new MemcachedConfiguration<String, String>().setOnFailure(FailurePolicy.DEGRADE));
      users.put("ada", "Lovelace");
      assertThat(events.named("ServerDown")).isEmpty();

      server.stop();
      await().until(() -> state(manager), "DOWN"::equals);
      int before = events.named("Connection").size();
      await().until(() -> events.named("Connection").size() > before);
      server.restart();
      await().until(() -> state(manager), "READY"::equals);

      RecordedEvent down = only(events.named("ServerDown"));
      assertThat(down.getString("server")).isEqualTo(server.address());
      assertThat(down.getString("reason")).contains(server.address());
      RecordedEvent up = only(events.named("ServerUp"));
      assertThat(up.getString("server")).isEqualTo(server.address());
      assertThat(up.getDuration("outage")).isPositive();
      assertThat(events.named("Connection"))
          .extracting(event -> event.getString("state"))
          .contains("Ready", "Down")
          .endsWith("Ready");
    }
  }

  private static RecordedEvent only(List<RecordedEvent> events) {
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static String state(CacheManager manager) {
    return manager.unwrap(MemcachedCacheManager.class).nodes().get(0).getState();
  }
}
