package org.jcachememcached.internal.cache;

import java.time.Duration;
import java.util.Locale;
import javax.cache.CacheException;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.internal.codec.interop.FormatChoice;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.config.AccessExpiry;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.LoadSettings;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.operation.RefreshRules;
import org.jcachememcached.internal.refresh.RefreshClaims;

/** What settings say of the refresh of entries. Stateless. */
final class RefreshOpener {

  private RefreshOpener() {}

  /**
   * When the entries of a cache are refreshed.
   *
   * @throws CacheException if other settings do not allow what is to be done
   */
  static RefreshRules rules(String cacheName, Settings settings) {
    Duration ahead = settings.get(LoadSettings.REFRESH_AHEAD);
    Duration staleFor = settings.get(LoadSettings.STALE_FOR);
    if (ahead.isZero() && staleFor.isZero()) {
      return RefreshRules.NONE;
    }
    requireExactDeadlines(
        "The cache '%s' has %s"
            .formatted(
                cacheName, ahead.isZero() ? "stale.for=" + staleFor : "refresh.ahead=" + ahead),
        settings);
    return settings.engine() == Engine.NONE
        ? RefreshRules.NONE
        : new RefreshRules(ahead.toMillis(), staleFor.toMillis());
  }

  /** The exact deadline has to be with the value: the store knows it to the second only. */
  private static void requireExactDeadlines(String cacheWithSetting, Settings settings) {
    ItemFormat format = FormatChoice.of(settings);
    if (format != ItemFormat.ENVELOPE) {
      throw new CacheException(
          "%s and format=%s, which stores no exact deadline; allowed is format=envelope"
              .formatted(cacheWithSetting, format.name().toLowerCase(Locale.ROOT)));
    }
    if (settings.get(CacheSettings.ACCESS_EXPIRY) == AccessExpiry.SERVER) {
      throw new CacheException(
          cacheWithSetting
              + " and access.expiry=server, which stores no exact deadline; allowed are"
              + " access.expiry=auto and access.expiry=exact");
    }
  }

  /**
   * Checks that entries are not due for a refresh as soon as they are stored.
   *
   * @throws CacheException if they are
   */
  static void requireLongerLives(String cacheName, RefreshRules rules, Expiry expiry) {
    Duration ahead = Duration.ofMillis(rules.aheadMillis());
    if (expiry.isKnownToEndWithin(ahead)) {
      throw new CacheException(
          "The cache '%s' has refresh.ahead=%s, but by its expiry policy %s entries live for no longer, so that every read would refresh them; allowed is what is shorter than their life"
              .formatted(cacheName, ahead, expiry.policyName()));
    }
  }

  /** Where the deadlines are kept that each access moves. */
  static AccessExpiry accessExpiry(RefreshRules rules, Settings settings) {
    return rules.isNone() ? settings.get(CacheSettings.ACCESS_EXPIRY) : AccessExpiry.EXACT;
  }

  /** What coordinates the refreshes of all JVMs; closed by the caller. */
  static RefreshClaims claims(Settings settings, ManagerContext context) {
    Namespace namespace = Namespace.ofRefreshes(settings.get(ManagerSettings.APPLICATION));
    return new RefreshClaims(
        StoreLeases.lease(settings.connection(), namespace, context.stores(), context.clock()),
        namespace,
        settings.get(LoadSettings.LEASE_TTL),
        context.clock());
  }
}
