package org.jcachememcached.internal.cache;

import javax.cache.CacheException;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jcachememcached.internal.near.NearContent;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.near.NearPeers;

/** Opens the near caches that settings describe. Stateless. */
final class NearOpener {

  private NearOpener() {}

  /**
   * The part of a cache in the near caches of this JVM, closed by the caller.
   *
   * @param prefix of the keys of its entries
   * @throws CacheException if it is to have a near cache, but its expiry depends on accesses, or
   *     the library is missing
   */
  static <V> NearMember<V> open(
      String cacheName,
      EffectiveConfiguration<?, V> configuration,
      String prefix,
      Expiry expiry,
      ManagerContext context) {
    Settings settings = configuration.settings();
    NearPeers peers = context.near().peers(prefix);
    if (!settings.get(CacheSettings.NEAR_CACHE) || settings.connection().engine() == Engine.NONE) {
      return NearMember.without(peers);
    }
    if (!expiry.isKeptOnAccess()) {
      throw new CacheException(
          "The cache '%s' has near.cache=true and the expiry policy %s, which may move deadlines on access, but reads that a near cache answers move none; allowed are EternalExpiryPolicy, CreatedExpiryPolicy and ModifiedExpiryPolicy"
              .formatted(cacheName, expiry.policyName()));
    }
    return NearMember.with(peers, content(cacheName, configuration, context));
  }

  private static <V> NearContent<V> content(
      String cacheName, EffectiveConfiguration<?, V> configuration, ManagerContext context) {
    Settings settings = configuration.settings();
    // What is known to be absent must not decide about a load.
    boolean keepsMisses = settings.get(CacheSettings.NEAR_MISSES) && !configuration.isReadThrough();
    try {
      return new NearContent<>(
          settings.get(CacheSettings.NEAR_TTL),
          settings.get(CacheSettings.NEAR_MAX_ENTRIES),
          keepsMisses,
          context.clock());
    } catch (LinkageError e) {
      throw new CacheException(
          "The cache '%s' has near.cache=true, which needs the library %s, which %s"
              .formatted(cacheName, OptionalLibrary.CAFFEINE, OptionalLibrary.CAFFEINE.fault(e)),
          e);
    }
  }
}
