package org.jcachememcached.internal.config.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.net.URL;
import java.util.function.Supplier;

/**
 * Configuration files in HOCON, with our settings in the block {@value FileFinder#ROOT}. Requires
 * {@code com.typesafe:config}. Stateless.
 */
final class HoconFile {

  private static final String ROOT = FileFinder.ROOT;

  private HoconFile() {}

  /** Reads the file at a URL. */
  static SourceContents read(URL url, ClassLoader classLoader) {
    String name = HoconOrigins.file(url);
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setClassLoader(classLoader);
    Config config = readable(name, () -> resolved(ConfigFactory.parseURL(url, options)));
    ConfigValue root = config.root().get(ROOT);
    if (root == null) {
      throw new IllegalArgumentException(
          "%s has no block %s, but must have one".formatted(capitalized(name), ROOT));
    }
    return new HoconReader(block(root)).read();
  }

  // Substitutions are resolved from system properties, then the file itself, then the environment,
  // as in application.conf. The library's own copy of the system properties is not refreshed after
  // its first use.
  private static Config resolved(Config file) {
    Config properties =
        ConfigFactory.parseProperties(
            System.getProperties(),
            ConfigParseOptions.defaults().setOriginDescription("system properties"));
    return properties.withoutPath(ROOT).withFallback(file).resolve();
  }

  /**
   * Reads the files that the library looks for by default, such as {@code application.conf};
   * without our block in them, the result is empty.
   */
  static SourceContents readApplication(ClassLoader classLoader) {
    String name = "the configuration of the application";
    // Unresolved substitutions outside our block do not concern us.
    Config all =
        readable(
            name,
            () ->
                ConfigFactory.load(
                    classLoader,
                    ConfigParseOptions.defaults().setClassLoader(classLoader),
                    ConfigResolveOptions.defaults().setAllowUnresolved(true)));
    if (!all.root().containsKey(ROOT)) {
      return SourceContents.none(UnreadNames.ofBlocks(all.root().keySet()));
    }
    Config ours = readable(name, () -> all.withOnlyPath(ROOT).resolveWith(all));
    return new HoconReader(block(ours.getValue(ROOT))).read();
  }

  private static ConfigObject block(ConfigValue root) {
    if (root instanceof ConfigObject block) {
      return block;
    }
    throw new IllegalArgumentException(
        "%s in %s must be a block of settings in braces"
            .formatted(ROOT, HoconOrigins.of(root.origin())));
  }

  private static Config readable(String name, Supplier<Config> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      ConfigOrigin origin = e.origin();
      String where = origin == null ? name : HoconOrigins.of(origin);
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(capitalized(where), reason(e)), e);
    }
  }

  private static String reason(ConfigException failure) {
    Throwable cause = failure instanceof ConfigException.IO ? failure.getCause() : null;
    String message = String.valueOf((cause == null ? failure : cause).getMessage());
    ConfigOrigin origin = failure.origin();
    String place = origin == null ? "" : origin.description() + ": ";
    return message.startsWith(place) ? message.substring(place.length()) : message;
  }

  private static String capitalized(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
