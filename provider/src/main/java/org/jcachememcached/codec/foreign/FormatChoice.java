package org.jcachememcached.codec.foreign;

import java.util.Locale;
import java.util.Set;
import org.jcachememcached.config.CacheSettings;
import org.jcachememcached.config.ClearStrategy;
import org.jcachememcached.config.CompressionType;
import org.jcachememcached.config.ConnectionSettings;
import org.jcachememcached.config.ItemFormat;
import org.jcachememcached.config.KeyEncoding;
import org.jcachememcached.config.Settings;

/** Which format the items of a cache have, and whether its other settings go with it. Stateless. */
public final class FormatChoice {

  private static final Set<String> READ_BY_OTHERS = Set.of("string", "bytes", "json");

  private FormatChoice() {}

  /**
   * The format of a cache; never {@link ItemFormat#AUTO}.
   *
   * @param settings of the cache
   * @throws IllegalArgumentException if they contradict each other
   */
  public static ItemFormat of(Settings settings) {
    ItemFormat chosen = settings.get(CacheSettings.FORMAT);
    boolean readByOthers = READ_BY_OTHERS.contains(settings.get(CacheSettings.CODEC));
    ItemFormat format = chosen == ItemFormat.AUTO ? automatic(readByOthers) : chosen;
    if (format != ItemFormat.ENVELOPE) {
      requireCodec(format, settings, readByOthers);
      requireCompression(format, settings.get(CacheSettings.COMPRESSION_TYPE));
      requireKeys(format, settings);
      requireServers(format, settings);
    }
    return format;
  }

  private static ItemFormat automatic(boolean readByOthers) {
    return readByOthers ? ItemFormat.PLAIN : ItemFormat.ENVELOPE;
  }

  private static void requireCodec(ItemFormat format, Settings settings, boolean readByOthers) {
    if (!readByOthers) {
      throw contradiction(
          format,
          "the codec " + settings.get(CacheSettings.CODEC),
          "other clients read what the codecs string, bytes and json write");
    }
  }

  private static void requireCompression(ItemFormat format, CompressionType compression) {
    if (compression == CompressionType.NONE) {
      return;
    }
    String what = "compression.type=" + name(compression);
    if (format == ItemFormat.PLAIN) {
      throw contradiction(format, what, "it has no mark for what is compressed");
    }
    if (compression != CompressionType.ZLIB) {
      throw contradiction(format, what, "its clients read zlib or what is not compressed");
    }
  }

  private static void requireKeys(ItemFormat format, Settings settings) {
    if (settings.get(CacheSettings.KEY_STRATEGY) == KeyEncoding.HASH) {
      throw contradiction(
          format, "key.strategy=hash", "the key behind a hash has to travel in an envelope");
    }
    if (settings.get(CacheSettings.CLEAR) == ClearStrategy.GENERATION) {
      throw contradiction(
          format, "clear=generation", "other clients do not know the generation in the keys");
    }
  }

  private static void requireServers(ItemFormat format, Settings settings) {
    if (!settings.get(ConnectionSettings.FALLBACK_SERVERS).isEmpty()) {
      throw contradiction(
          format,
          "fallback.servers",
          "other clients would take what holds the place of a moving entry for its value");
    }
  }

  private static IllegalArgumentException contradiction(
      ItemFormat format, String other, String reason) {
    return new IllegalArgumentException(
        "The setting format is %s, which does not go with %s: %s; format=envelope goes with all"
            .formatted(name(format), other, reason));
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
