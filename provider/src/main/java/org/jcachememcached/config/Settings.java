package org.jcachememcached.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What one manager is set to, from all sources, checked. Immutable; equal when everything is.
 *
 * @see Setting
 */
public final class Settings {

  /** The engines there are. */
  public enum Engine {
    MEMCACHED,
    MEMORY,
    NONE
  }

  private final Engine engine;
  private final Map<Setting<?>, Object> values;
  private final Map<String, Map<Setting<?>, Object>> ofCaches;

  private Settings(
      Engine engine,
      Map<Setting<?>, Object> values,
      Map<String, Map<Setting<?>, Object>> ofCaches) {
    this.engine = engine;
    this.values = values;
    this.ofCaches = ofCaches;
  }

  /**
   * Reads the settings of a manager.
   *
   * @param uri which engine, and what the query says of settings
   * @param properties the settings below {@link Setting#PROPERTY_PREFIX}; the others are ignored
   * @param environment the environment variables of the process
   * @throws IllegalArgumentException if a setting is unknown or its value is not allowed
   */
  public static Settings read(URI uri, Properties properties, Map<String, String> environment) {
    return SettingsReader.read(uri, properties, new Environment(environment));
  }

  /**
   * The URI of a manager for which nobody names one.
   *
   * @param environment the environment variables of the process
   * @throws IllegalArgumentException if the environment names one that is none
   */
  public static URI defaultUri(Map<String, String> environment) {
    return new Environment(environment).defaultUri();
  }

  /** Settings of which these are given, and all others have their default. */
  static Settings of(Engine engine, Map<Setting<?>, ?> given) {
    Map<Setting<?>, Object> values = new HashMap<>();
    SettingCatalog.ALL.forEach(setting -> values.put(setting, setting.valueOf(null)));
    values.putAll(given);
    return new Settings(engine, Map.copyOf(values), Map.of());
  }

  /** The same settings, but for caches for which something else is given. */
  Settings with(Map<String, Map<Setting<?>, Object>> givenOfCaches) {
    return new Settings(engine, values, Map.copyOf(givenOfCaches));
  }

  /** What one cache is set to. */
  public Settings forCache(String name) {
    Map<Setting<?>, Object> own = ofCaches.get(name);
    if (own == null) {
      return this;
    }
    Map<Setting<?>, Object> overlaid = new HashMap<>(values);
    overlaid.putAll(own);
    return new Settings(engine, Map.copyOf(overlaid), Map.of());
  }

  /** Where the entries live. */
  public Engine engine() {
    return engine;
  }

  /** The value of a setting. */
  public <T> T get(Setting<T> setting) {
    return setting.in(values);
  }

  /** What another manager must be set to as well in order to share the store of this one. */
  public Connection connection() {
    return switch (engine) {
      case MEMCACHED -> new Connection(engine, "", connectionValues());
      case MEMORY -> new Connection(engine, get(ManagerSettings.APPLICATION), Map.of());
      case NONE -> new Connection(engine, "", Map.of());
    };
  }

  private Map<Setting<?>, Object> connectionValues() {
    Map<Setting<?>, Object> ofConnection = new HashMap<>(values);
    ofConnection.keySet().removeIf(setting -> setting.scope() != Setting.Scope.CONNECTION);
    return Map.copyOf(ofConnection);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings that
        && engine == that.engine
        && values.equals(that.values)
        && ofCaches.equals(that.ofCaches);
  }

  @Override
  public int hashCode() {
    return 31 * engine.hashCode() + values.hashCode();
  }

  /** Names the engine only: what is set may be secret. */
  @Override
  public String toString() {
    return "Settings for " + engine;
  }

  /**
   * What managers must have in common to share a store. Immutable.
   *
   * @param engine where the entries live
   * @param name the name of the store for the memory engine, empty for the others
   * @param values the settings of scope {@link Setting.Scope#CONNECTION}; none for engines that
   *     have no connection
   */
  public record Connection(Engine engine, String name, Map<Setting<?>, Object> values) {

    /** The value of a setting that belongs to connections. */
    public <T> T get(Setting<T> setting) {
      return setting.in(values);
    }

    /** Names the engine only: what is set may be secret. */
    @Override
    public String toString() {
      return "Connection of " + engine;
    }
  }
}
