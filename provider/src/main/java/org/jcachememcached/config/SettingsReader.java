package org.jcachememcached.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.config.Settings.Engine;

/**
 * Lays the sources over each other: defaults, environment, URI, properties; what comes later wins.
 * Every value of URI and properties is checked, a value that is overruled too. For one use; not
 * thread-safe.
 */
final class SettingsReader {

  private final Environment environment;
  private final Map<Setting<?>, Given> given = new HashMap<>();

  private SettingsReader(Environment environment) {
    this.environment = environment;
  }

  static Settings read(URI uri, Properties properties, Environment environment) {
    ManagerUri managerUri = ManagerUri.parse(uri);
    SettingsReader reader = new SettingsReader(environment);
    Map<String, String> texts = textsOfOurs(properties);
    reader.takeServersFromEnvironment("");
    reader.overlay(environment.credentials());
    reader.overlay(managerUri.given());
    reader.overlay(ofManager(texts));
    return reader.settings(managerUri.engine()).with(ofCaches(texts));
  }

  private static Map<Setting<?>, Given> ofManager(Map<String, String> texts) {
    Map<Setting<?>, Given> given = new HashMap<>();
    texts.forEach(
        (name, text) -> {
          if (!name.startsWith(Setting.CACHE_PREFIX)) {
            String origin = origin(name);
            given.put(SettingCatalog.named(name, origin), new Given(text, origin));
          }
        });
    return given;
  }

  /** What properties such as {@code cache.users.on.failure} say of single caches. */
  private static Map<String, Map<Setting<?>, Object>> ofCaches(Map<String, String> texts) {
    Map<String, Map<Setting<?>, Object>> ofCaches = new HashMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(Setting.CACHE_PREFIX)) {
            Setting<?> setting = SettingCatalog.endOf(name);
            int end = setting == null ? 0 : name.length() - setting.name().length() - 1;
            if (setting == null || end < Setting.CACHE_PREFIX.length()) {
              throw new IllegalArgumentException(
                  "%s must be %scache.<name of the cache>. and one of %s"
                      .formatted(
                          origin(name), Setting.PROPERTY_PREFIX, SettingCatalog.namesForCaches()));
            }
            ofCaches
                .computeIfAbsent(
                    name.substring(Setting.CACHE_PREFIX.length(), end), cache -> new HashMap<>())
                .put(setting, setting.parse(new Given(text, origin(name))));
          }
        });
    return ofCaches;
  }

  private static String origin(String name) {
    return "the property " + Setting.PROPERTY_PREFIX + name;
  }

  private static Map<String, String> textsOfOurs(Properties properties) {
    Map<String, String> ours = new HashMap<>();
    texts(properties)
        .forEach(
            (name, text) -> {
              if (name.startsWith(Setting.PROPERTY_PREFIX)) {
                ours.put(name.substring(Setting.PROPERTY_PREFIX.length()), text);
              }
            });
    return ours;
  }

  // Properties hide values that are no strings from those who ask for strings, and their defaults
  // from those who ask for entries.
  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    properties.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }

  private void overlay(Map<Setting<?>, Given> source) {
    source.forEach(Setting::parse);
    // Naming a variable for the servers is naming the servers, and ranks the same.
    Given prefix = source.get(ManagerSettings.ENV_PREFIX);
    if (prefix != null && !prefix.text().isEmpty()) {
      takeServersFromEnvironment(ManagerSettings.ENV_PREFIX.parse(prefix));
    }
    given.putAll(source);
  }

  private void takeServersFromEnvironment(String prefix) {
    Given servers = environment.servers(prefix);
    if (servers == null) {
      given.remove(ConnectionSettings.SERVERS);
    } else {
      given.put(ConnectionSettings.SERVERS, servers);
    }
  }

  // What is removed from the one group would be gone from the other.
  private static void refuseServersInBothGroups(Settings settings) {
    for (Server old : settings.get(ConnectionSettings.FALLBACK_SERVERS)) {
      if (settings.get(ConnectionSettings.SERVERS).stream().anyMatch(old::hasAddressOf)) {
        throw new IllegalArgumentException(
            "The setting %s names %s, but must name no server that the setting %s names"
                .formatted(
                    ConnectionSettings.FALLBACK_SERVERS.name(),
                    old,
                    ConnectionSettings.SERVERS.name()));
      }
    }
  }

  private Settings settings(Engine engine) {
    Map<Setting<?>, Object> values = new HashMap<>();
    given.forEach((setting, text) -> values.put(setting, setting.parse(text)));
    if (engine != Engine.MEMCACHED) {
      values.put(ConnectionSettings.SERVERS, List.of());
    }
    Settings settings = Settings.of(engine, values);
    if (settings.get(ConnectionSettings.USERNAME).isEmpty()
        != settings.get(ConnectionSettings.PASSWORD).isEmpty()) {
      throw new IllegalArgumentException(
          "Of the settings username and password one is given, but must be both or none");
    }
    refuseServersInBothGroups(settings);
    return settings;
  }
}
