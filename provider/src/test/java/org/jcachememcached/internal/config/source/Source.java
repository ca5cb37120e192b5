package org.jcachememcached.internal.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.Settings;

/** Where a setting can be set, for tests that set each from everywhere. */
enum Source {
  FILE("the file ", ", line 2") {
    @Override
    Settings read(Map<String, String> texts, Path directory) throws IOException {
      return file(directory, "jcache-memcached {\n%s\n}".formatted(lines(texts)));
    }
  },

  TEMPLATE("the file ", ", line 2") {
    @Override
    boolean canSet(Setting<?> setting) {
      return SettingCatalog.isForCaches(setting);
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) throws IOException {
      String content =
          "jcache-memcached { templates { t {\n%s\n} }\ncaches { \"%s\" { template = t } } }";
      return file(directory, content.formatted(lines(texts), CACHE)).forCache(CACHE);
    }
  },

  FILE_OF_CACHE("the file ", ", line 2") {
    @Override
    boolean canSet(Setting<?> setting) {
      return SettingCatalog.isForCaches(setting);
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) throws IOException {
      String content = "jcache-memcached { caches { \"%s\" {\n%s\n} } }";
      return file(directory, content.formatted(CACHE, lines(texts))).forCache(CACHE);
    }
  },

  APPLICATION_CONF("the file ", "application.conf, line 2") {
    @Override
    Settings read(Map<String, String> texts, Path directory) throws IOException {
      Files.writeString(
          directory.resolve("application.conf"),
          "jcache-memcached {\n%s\n}".formatted(lines(texts)));
      URL[] classPath = {directory.toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
        return SettingsReader.read(URI.create("memcached:/"), new Properties(), Map.of(), loader);
      }
    }
  },

  ENVIRONMENT("the environment variable MEMCACHED_", "") {
    @Override
    boolean canSet(Setting<?> setting) {
      return Environment.VARIABLES.containsKey(setting);
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) {
      Map<String, String> variables = new HashMap<>();
      texts.forEach(
          (name, text) ->
              variables.put(Environment.VARIABLES.get(SettingCatalog.named(name, "it")), text));
      return SettingsReader.read(URI.create("memcached:/"), new Properties(), variables, NO_FILES);
    }
  },

  URI_PARAMETER("the URI memcached:/?", "") {
    @Override
    boolean canSet(Setting<?> setting) {
      return !setting.type().isSecret();
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) {
      String query =
          texts.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
              .collect(Collectors.joining("&"));
      return SettingsReader.read(
          URI.create("memcached:/?" + query), new Properties(), Map.of(), NO_FILES);
    }
  },

  PROPERTY("the property memcached.", "") {
    @Override
    Settings read(Map<String, String> texts, Path directory) {
      return properties("memcached.", texts);
    }
  },

  PROPERTY_OF_CACHE("the property memcached.cache." + Source.CACHE + ".", "") {
    @Override
    boolean canSet(Setting<?> setting) {
      return SettingCatalog.isForCaches(setting);
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) {
      return properties("memcached.cache." + CACHE + ".", texts).forCache(CACHE);
    }
  },

  CODE("the test", "") {
    @Override
    boolean canSet(Setting<?> setting) {
      return SettingCatalog.isForCaches(setting);
    }

    @Override
    Settings read(Map<String, String> texts, Path directory) {
      return properties("", Map.of()).forCache(CACHE).with(texts, "the test");
    }
  };

  static final String CACHE = "a.b";
  static final ClassLoader NO_FILES = ClassLoader.getPlatformClassLoader();

  private final String beginningOfOrigin;
  private final String endOfOrigin;

  Source(String beginningOfOrigin, String endOfOrigin) {
    this.beginningOfOrigin = beginningOfOrigin;
    this.endOfOrigin = endOfOrigin;
  }

  boolean canSet(Setting<?> setting) {
    return true;
  }

  boolean isOrigin(String words) {
    return words.startsWith(beginningOfOrigin) && words.endsWith(endOfOrigin);
  }

  /** What the manager, or the cache where the source is of one, is set to. */
  abstract Settings read(Map<String, String> texts, Path directory) throws IOException;

  private static Settings file(Path directory, String content) throws IOException {
    Path file = Files.writeString(directory.resolve("test.conf"), content);
    return SettingsReader.read(file.toUri(), new Properties(), Map.of(), NO_FILES);
  }

  static List<String> namesOfCacheSettings() {
    return SettingCatalog.ALL.stream()
        .filter(SettingCatalog::isForCaches)
        .map(Setting::name)
        .toList();
  }

  private static String lines(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + ConfigUtil.quoteString(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static Settings properties(String prefix, Map<String, String> texts) {
    Properties properties = new Properties();
    texts.forEach((name, text) -> properties.setProperty(prefix + name, text));
    return SettingsReader.read(URI.create("memcached:/"), properties, Map.of(), NO_FILES);
  }
}
