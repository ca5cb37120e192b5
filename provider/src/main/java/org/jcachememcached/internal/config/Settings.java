package org.jcachememcached.internal.config;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one manager or one cache is set to, from all sources, checked. Immutable; equal when all
 * values are, whoever says so.
 *
 * @see Setting
 */
public final class Settings {

  /** Where entries can live. */
  public enum Engine {
    MEMCACHED,
    MEMORY,
    NONE
  }

  private final Layers layers;
  private final Map<Setting<?>, Object> values;
  private final Map<String, Settings> ofCaches;
  private final List<String> declaredCaches;
  private final List<String> remarks;

  private Settings(
      Layers layers,
      Map<String, Settings> ofCaches,
      Collection<String> declaredCaches,
      List<String> remarks) {
    this.layers = layers;
    this.values = layers.values();
    this.ofCaches = Map.copyOf(ofCaches);
    this.declaredCaches = declaredCaches.stream().sorted().toList();
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Reads the settings of a manager.
   *
   * @param uri which engine, servers and application, or which configuration file
   * @param properties the settings below {@link Setting#PROPERTY_PREFIX}; the others are ignored
   * @param environment the environment variables of the process
   * @param classLoader where configuration files on the class path are looked for
   * @throws IllegalArgumentException if a setting is unknown, its value is not allowed, or a
   *     configuration file cannot be read
   */
  public static Settings read(
      URI uri, Properties properties, Map<String, String> environment, ClassLoader classLoader) {
    return SettingsReader.read(uri, properties, new Environment(environment), classLoader);
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

  /**
   * Settings of a manager and of its caches.
   *
   * @param manager what is said of the manager, and so of all its caches
   * @param declared what a file says of the caches that it declares
   * @param others what else is said of single caches, declared or not; it wins
   * @param remarks what may be a mistake, in sentences for the log
   */
  static Settings of(
      Layers manager,
      Map<String, Map<Setting<?>, SettingValue>> declared,
      Map<String, Map<Setting<?>, SettingValue>> others,
      List<String> remarks) {
    Map<String, Settings> ofCaches = new HashMap<>();
    Stream.of(declared.keySet(), others.keySet())
        .flatMap(Set::stream)
        .distinct()
        .forEach(
            cache ->
                ofCaches.put(
                    cache,
                    ofCache(
                        manager
                            .ofCache(cache, declared.getOrDefault(cache, Map.of()))
                            .with(others.getOrDefault(cache, Map.of())))));
    return new Settings(manager, ofCaches, declared.keySet(), remarks);
  }

  private static Settings ofCache(Layers layers) {
    return new Settings(layers, Map.of(), List.of(), List.of());
  }

  /**
   * What one cache is set to: what is said of it, and of all caches where nothing is said of it.
   */
  public Settings forCache(String name) {
    Settings own = ofCaches.get(name);
    return own == null ? ofCache(layers.ofCache(name, Map.of())) : own;
  }

  /**
   * What one cache is set to when code says something too; that wins over all other sources.
   *
   * @param textsByName values as they would be written in any other source, by the names of their
   *     settings
   * @param origin who says so, in words that follow "in"
   * @throws IllegalArgumentException if a setting is unknown, none of a cache, or its value is not
   *     allowed
   */
  public Settings with(Map<String, String> textsByName, String origin) {
    Map<Setting<?>, SettingValue> code = new HashMap<>();
    textsByName.forEach(
        (name, text) ->
            code.put(SettingCatalog.namedForCache(name, origin), new SettingValue(text, origin)));
    return ofCache(layers.with(code));
  }

  /**
   * What any source says of a cache, by the names of the settings, as it was written; without
   * secrets and without what is the manager's alone.
   */
  public Map<String, String> textsForCache() {
    Map<String, String> texts = new HashMap<>();
    layers
        .given()
        .forEach(
            (setting, said) -> {
              if (SettingCatalog.isForCaches(setting) && !setting.type().isSecret()) {
                texts.put(setting.name(), said.text());
              }
            });
    return texts;
  }

  /** The names of the caches that the configuration file declares, sorted. */
  public List<String> declaredCaches() {
    return declaredCaches;
  }

  /**
   * What may be a mistake of whoever wrote the settings of the manager, in sentences for the log.
   */
  public List<String> remarks() {
    return remarks;
  }

  /** Whether any source says something of a setting. */
  public boolean isGiven(Setting<?> setting) {
    return layers.given().containsKey(setting);
  }

  /**
   * Whether the value of a setting was said of this cache itself: in its block or template of the
   * file, by a property with its name, or in code. What is not is a default to the cache.
   */
  public boolean isOwn(Setting<?> setting) {
    return layers.own().contains(setting);
  }

  /** These settings of a cache as if nobody had said anything of one of them. */
  public Settings without(Setting<?> setting) {
    return ofCache(layers.without(setting));
  }

  /**
   * Who says what the value of a setting is, in words that follow "in", such as {@code the file
   * /etc/app.conf, line 12}.
   */
  public String origin(Setting<?> setting) {
    SettingValue given = layers.given().get(setting);
    return given == null ? "the defaults" : given.origin();
  }

  /** Where the entries live. */
  public Engine engine() {
    return get(ConnectionSettings.ENGINE);
  }

  /** The value of a setting. */
  public <T> T get(Setting<T> setting) {
    return setting.in(values);
  }

  /** What another manager must be set to as well in order to share the store of this one. */
  public Connection connection() {
    Engine engine = engine();
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
        && values.equals(that.values)
        && ofCaches.equals(that.ofCaches)
        && declaredCaches.equals(that.declaredCaches);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names the engine only: what is set may be secret. */
  @Override
  public String toString() {
    return "Settings for " + engine();
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

    /** Whether what the servers do not hold is carried over from others. */
    public boolean isMoving() {
      return engine == Engine.MEMCACHED && !get(ConnectionSettings.FALLBACK_SERVERS).isEmpty();
    }

    /** The servers alone. */
    public Connection withoutFallback() {
      return isMoving() ? to(get(ConnectionSettings.SERVERS)) : this;
    }

    /** The servers from which is carried over, alone. */
    public Connection ofFallback() {
      return to(get(ConnectionSettings.FALLBACK_SERVERS));
    }

    private Connection to(List<Server> servers) {
      Map<Setting<?>, Object> changed = new HashMap<>(values);
      changed.put(ConnectionSettings.SERVERS, servers);
      Stream.of(ConnectionSettings.FALLBACK_SERVERS, ConnectionSettings.FALLBACK_WRITES)
          .forEach(setting -> changed.put(setting, setting.defaultValue()));
      return new Connection(engine, name, Map.copyOf(changed));
    }

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
