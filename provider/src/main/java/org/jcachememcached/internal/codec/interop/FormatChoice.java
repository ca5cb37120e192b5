package org.jcachememcached.internal.codec.interop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.type.BuiltInCodec;

/**
 * Chooses the format of the items of a cache, and checks that its other settings are compatible.
 * Stateless.
 */
public final class FormatChoice {

  private static final Set<BuiltInCodec> READ_BY_OTHERS =
      EnumSet.of(BuiltInCodec.STRING, BuiltInCodec.BYTES, BuiltInCodec.JSON);

  private FormatChoice() {}

  /**
   * A setting that is incompatible with the format.
   *
   * @param value its value, for a message
   * @param reason why it is incompatible
   */
  private record Conflict(Setting<?> setting, String value, String reason) {}

  /**
   * The settings of a cache without those defaults for all caches that are incompatible with
   * settings of this cache: its codec or format overrides compression, hashed keys and generations
   * that are set for all caches, and its compression and so on overrides a format for all caches.
   * The servers of a migration are never overridden: the cache would be read where it is not
   * written.
   */
  public static Settings reconciled(Settings settings) {
    boolean hasOwnCodec = settings.isOwn(CacheSettings.CODEC);
    boolean hasOwnFormat = settings.isOwn(CacheSettings.FORMAT);
    if (hasOwnCodec && !hasOwnFormat && !isReadByOthers(settings)) {
      return settings.without(CacheSettings.FORMAT);
    }
    Settings reconciled = settings;
    for (Conflict conflict : conflicts(settings)) {
      if (!(hasOwnCodec || hasOwnFormat) && settings.isOwn(conflict.setting())) {
        return inEnvelope(settings, conflict.setting());
      }
      if ((hasOwnCodec || hasOwnFormat) && canBeSetAside(conflict.setting(), settings)) {
        reconciled = reconciled.without(conflict.setting());
      }
    }
    return reconciled;
  }

  private static Settings inEnvelope(Settings settings, Setting<?> reason) {
    return settings.with(
        Map.of(CacheSettings.FORMAT.name(), name(ItemFormat.ENVELOPE)), settings.origin(reason));
  }

  private static boolean canBeSetAside(Setting<?> setting, Settings settings) {
    return !settings.isOwn(setting)
        && !setting.equals(CacheSettings.CODEC)
        && !setting.equals(ConnectionSettings.FALLBACK_SERVERS);
  }

  /**
   * The format of a cache; never {@link ItemFormat#AUTO}.
   *
   * @param settings of the cache
   * @throws IllegalArgumentException if they contradict each other
   */
  public static ItemFormat of(Settings settings) {
    for (Conflict conflict : conflicts(settings)) {
      throw contradiction(settings, conflict);
    }
    return format(settings);
  }

  private static ItemFormat format(Settings settings) {
    ItemFormat chosen = settings.get(CacheSettings.FORMAT);
    if (chosen != ItemFormat.AUTO) {
      return chosen;
    }
    return isReadByOthers(settings) ? ItemFormat.PLAIN : ItemFormat.ENVELOPE;
  }

  private static boolean isReadByOthers(Settings settings) {
    BuiltInCodec codec = BuiltInCodec.named(settings.get(CacheSettings.CODEC));
    return codec != null && READ_BY_OTHERS.contains(codec);
  }

  private static List<Conflict> conflicts(Settings settings) {
    ItemFormat format = format(settings);
    List<Conflict> conflicts = new ArrayList<>();
    if (format != ItemFormat.ENVELOPE) {
      addCodec(settings, conflicts);
      addCompression(format, settings, conflicts);
      addKeys(settings, conflicts);
      addServers(settings, conflicts);
    }
    return conflicts;
  }

  private static void addCodec(Settings settings, List<Conflict> conflicts) {
    if (!isReadByOthers(settings)) {
      conflicts.add(
          new Conflict(
              CacheSettings.CODEC,
              "the codec " + settings.get(CacheSettings.CODEC),
              "other clients read what the codecs string, bytes and json write"));
    }
  }

  private static void addCompression(
      ItemFormat format, Settings settings, List<Conflict> conflicts) {
    CompressionType compression = settings.get(CacheSettings.COMPRESSION_TYPE);
    boolean isKnown = compression == CompressionType.ZLIB && format != ItemFormat.PLAIN;
    if (compression != CompressionType.NONE && !isKnown) {
      conflicts.add(
          new Conflict(
              CacheSettings.COMPRESSION_TYPE,
              "compression.type=" + name(compression),
              format == ItemFormat.PLAIN
                  ? "it has no mark for what is compressed"
                  : "its clients read zlib or what is not compressed"));
    }
  }

  private static void addKeys(Settings settings, List<Conflict> conflicts) {
    if (settings.get(CacheSettings.KEY_STRATEGY) == KeyStrategy.HASH) {
      conflicts.add(
          new Conflict(
              CacheSettings.KEY_STRATEGY,
              "key.strategy=hash",
              "the key behind a hash has to travel in an envelope"));
    }
    if (settings.get(CacheSettings.CLEAR) == ClearStrategy.GENERATION) {
      conflicts.add(
          new Conflict(
              CacheSettings.CLEAR,
              "clear=generation",
              "other clients do not know the generation in the keys"));
    }
  }

  private static void addServers(Settings settings, List<Conflict> conflicts) {
    if (!settings.get(ConnectionSettings.FALLBACK_SERVERS).isEmpty()) {
      conflicts.add(
          new Conflict(
              ConnectionSettings.FALLBACK_SERVERS,
              "fallback.servers",
              "other clients would take what holds the place of a moving entry for its value"));
    }
  }

  private static IllegalArgumentException contradiction(Settings settings, Conflict conflict) {
    boolean isChosen = settings.get(CacheSettings.FORMAT) != ItemFormat.AUTO;
    return new IllegalArgumentException(
        "The setting format is %s (%s), which does not go with %s: %s (%s is set in %s); format=envelope goes with all"
            .formatted(
                name(format(settings)),
                isChosen
                    ? "in " + settings.origin(CacheSettings.FORMAT)
                    : "for the codec %s in %s"
                        .formatted(
                            settings.get(CacheSettings.CODEC),
                            settings.origin(CacheSettings.CODEC)),
                conflict.value(),
                conflict.reason(),
                conflict.setting().name(),
                settings.origin(conflict.setting())));
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
