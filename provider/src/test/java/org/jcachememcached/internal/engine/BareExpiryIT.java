package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.DefaultOptions;
import org.jcachememcached.internal.store.memcached.MemcachedStore;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** Updates that keep an end which only a server in whole seconds knows. */
class BareExpiryIT {

  private static final int LIFETIME_SECONDS = 3;

  @Test
  void counterThatIsAlwaysUpdatedEndsInTime() {
    InstantSource clock = InstantSource.system();
    CreatedExpiryPolicy expiry =
        new CreatedExpiryPolicy(
            new javax.cache.expiry.Duration(TimeUnit.SECONDS, LIFETIME_SECONDS));
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store =
            new MemcachedStore(
                List.of(new Server(server.host(), server.port(), 1)),
                DefaultOptions.withTimeout(Duration.ofSeconds(10)),
                clock)) {
      BareEntries entries = new BareEntries(store, clock, expiry, null);
      long begun = clock.millis();
      entries.put("counter", "0");

      await()
          .pollInterval(Duration.ofMillis(100))
          .until(() -> entries.getAndPut("counter", "again") == null);

      assertThat(clock.millis() - begun).isGreaterThan((LIFETIME_SECONDS - 1) * 1000L);
    }
  }
}
