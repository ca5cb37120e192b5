package org.jcachememcached.internal.refresh;

import java.util.Collection;
import java.util.concurrent.Future;
import org.jcachememcached.internal.thread.Delays;
import org.jspecify.annotations.Nullable;

/** Claims that are renewed while the entries are being loaded. Thread-safe. */
final class HeldClaims implements AutoCloseable {

  private final RefreshClaims claims;
  private final Collection<String> entries;
  private @Nullable Future<?> renewal;
  private boolean ended;

  HeldClaims(RefreshClaims claims, Collection<String> entries) {
    this.claims = claims;
    this.entries = entries;
    renewLater();
  }

  private synchronized void renewLater() {
    if (!ended) {
      renewal = Delays.runAfter(claims.ttl().toNanos() / 2, this::renew);
    }
  }

  private synchronized void renew() {
    if (!ended) {
      claims.renew(entries);
      renewLater();
    }
  }

  /** Ends the claims at once: the entries are refreshed. */
  synchronized void release() {
    close();
    claims.release(entries);
  }

  /** Renews the claims no longer: the entries may be refreshed again after a while. */
  @Override
  public synchronized void close() {
    ended = true;
    if (renewal != null) {
      renewal.cancel(false);
    }
  }
}
