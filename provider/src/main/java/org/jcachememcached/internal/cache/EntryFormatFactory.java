package org.jcachememcached.internal.cache;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.compression.CompressingCodec;
import org.jcachememcached.internal.codec.envelope.EnvelopeFormat;
import org.jcachememcached.internal.codec.envelope.ValueFormat;
import org.jcachememcached.internal.codec.interop.BareFormat;
import org.jcachememcached.internal.codec.interop.FormatChoice;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.codec.value.ValueCodecs;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.type.BuiltInCodec;
import org.jcachememcached.internal.engine.EntryFormat;
import org.jcachememcached.internal.engine.EntryTypes;

/**
 * Creates the format of the entries of one cache from its configuration. For one use; not
 * thread-safe.
 */
final class EntryFormatFactory<K, V> {

  private final EffectiveConfiguration<K, V> configuration;
  private final Settings settings;
  private final Supplier<ClassLoader> classLoader;
  private final DeserializationPolicy policy;

  EntryFormatFactory(
      EffectiveConfiguration<K, V> configuration, Supplier<ClassLoader> classLoader) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.classLoader = classLoader;
    this.policy = DeserializationPolicy.of(settings);
  }

  /**
   * The format of a cache.
   *
   * @param keepsExpired how long expired entries are kept, in milliseconds
   * @throws CacheException if settings contradict each other, or need something that is not
   *     available
   */
  EntryFormat<K, V> of(String cacheName, Namespace namespace, LongSupplier keepsExpired) {
    try {
      return new EntryFormat<>(
          keys(namespace),
          values(),
          new EntryTypes<>(configuration.getKeyType(), configuration.getValueType()),
          settings.get(CacheSettings.ON_FAILURE),
          keepsExpired);
    } catch (IllegalArgumentException e) {
      throw new CacheException("Cache '" + cacheName + "': " + e.getMessage(), e);
    }
  }

  private KeyCodec keys(Namespace namespace) {
    return as(
        CacheSettings.KEY_STRATEGY,
        () -> KeyCodec.of(namespace, settings, configuration.getKeyType(), classLoader, policy));
  }

  private ValueFormat values() {
    ItemFormat format = FormatChoice.of(settings);
    ValueCodec codec = as(CacheSettings.CODEC, this::codec);
    if (format != ItemFormat.ENVELOPE) {
      return BareFormat.of(settings, codec, configuration.getValueType());
    }
    ValueCodec compressing = CompressingCodec.of(settings, codec);
    return writesDigits() ? EnvelopeFormat.ofNumbers(compressing) : new EnvelopeFormat(compressing);
  }

  /** Whether all values of the cache are Longs and their bytes decimal digits. */
  private boolean writesDigits() {
    return configuration.getValueType() == (Class<?>) Long.class
        && configuration.codec() == null
        && BuiltInCodec.named(settings.get(CacheSettings.CODEC)) != null;
  }

  private ValueCodec codec() {
    ValueCodec given = configuration.codec();
    return given != null
        ? ValueCodecs.given(given, configuration.getValueType())
        : ValueCodecs.named(
            settings.get(CacheSettings.CODEC), configuration.getValueType(), classLoader, policy);
  }

  /** Adds to an error message that this cache may use another setting than the other caches. */
  private <T> T as(Setting<?> setting, Supplier<T> creation) {
    try {
      return creation.get();
    } catch (IllegalArgumentException e) {
      if (!settings.isGiven(setting) || settings.isOwn(setting)) {
        throw e;
      }
      throw new IllegalArgumentException(
          "%s; %s is set in %s for all caches, and can be set to something else for this one"
              .formatted(e.getMessage(), setting.name(), settings.origin(setting)),
          e);
    }
  }
}
