package org.jcachememcached.internal.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked values of all settings of one manager or one cache. Immutable; equal if all values
 * are, whatever their sources.
 *
 * @see Setting
 */
public final class Settings {

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
   * The settings of a manager and of its caches.
   *
   * @param manager what the sources give for the manager, which is the default for all its caches
   * @param declared what a file gives for the caches that it declares
   * @param others what other sources give for single caches, declared or not; takes precedence
   * @param remarks likely mistakes, in sentences for the log
   * @throws IllegalArgumentException if a value is not allowed, or two contradict each other
   */
  public static Settings of(
      Map<Setting<?>, SettingValue> manager,
      Map<String, Map<Setting<?>, SettingValue>> declared,
      Map<String, Map<Setting<?>, SettingValue>> others,
      List<String> remarks) {
    Layers layers = Layers.ofManager(manager);
    Map<String, Settings> ofCaches = new HashMap<>();
    Stream.of(declared.keySet(), others.keySet())
        .flatMap(Set::stream)
        .distinct()
        .forEach(
            cache ->
                ofCaches.put(
                    cache,
                    ofCache(
                        layers
                            .ofCache(cache, declared.getOrDefault(cache, Map.of()))
                            .with(others.getOrDefault(cache, Map.of())))));
    return new Settings(layers, ofCaches, declared.keySet(), remarks);
  }

  private static Settings ofCache(Layers layers) {
    return new Settings(layers, Map.of(), List.of(), List.of());
  }

  /** The settings of one cache: its own values, and those of the manager for all others. */
  public Settings forCache(String name) {
    Settings own = ofCaches.get(name);
    return own == null ? ofCache(layers.ofCache(name, Map.of())) : own;
  }

  /**
   * These settings of a cache with values that code gives, which override all other sources.
   *
   * @param textsByName values as written in any other source, by the names of their settings
   * @param origin where the values come from, in words that follow "in"
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
   * The values that any source gives for a cache, as written, by the names of the settings; without
   * secrets and settings of the manager alone.
   */
  public Map<String, String> textsForCache() {
    Map<String, String> texts = new HashMap<>();
    layers
        .given()
        .forEach(
            (setting, value) -> {
              if (SettingCatalog.isForCaches(setting) && !setting.type().isSecret()) {
                texts.put(setting.name(), value.text());
              }
            });
    return texts;
  }

  /** The names of the caches that the configuration file declares, sorted. */
  public List<String> declaredCaches() {
    return declaredCaches;
  }

  /** Likely mistakes in the settings of the manager, in sentences for the log. */
  public List<String> remarks() {
    return remarks;
  }

  /** Whether any source gives a value for a setting. */
  public boolean isGiven(Setting<?> setting) {
    return layers.given().containsKey(setting);
  }

  /**
   * Whether the value of a setting was given for this cache itself: in its block or template of the
   * file, by a property with its name, or in code. Otherwise it is a default for the cache.
   */
  public boolean isOwn(Setting<?> setting) {
    return layers.own().contains(setting);
  }

  /** These settings of a cache with the default value of one of them. */
  public Settings without(Setting<?> setting) {
    return ofCache(layers.without(setting));
  }

  /**
   * Where the value of a setting comes from, in words that follow "in", such as {@code the file
   * /etc/app.conf, line 12}.
   */
  public String origin(Setting<?> setting) {
    SettingValue given = layers.given().get(setting);
    return given == null ? "the defaults" : given.origin();
  }

  /** Where the entries are stored. */
  public Engine engine() {
    return get(ConnectionSettings.ENGINE);
  }

  /** The value of a setting. */
  public <T> T get(Setting<T> setting) {
    return setting.in(values);
  }

  /** The values that managers must have in common in order to share a store. */
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

  /** Names the engine only: values may be secret. */
  @Override
  public String toString() {
    return "Settings for " + engine();
  }

  /**
   * The values that managers must have in common in order to share a store. Immutable.
   *
   * @param engine where the entries are stored
   * @param name the name of the store for the memory engine, empty for the others
   * @param values the settings of scope {@link Setting.Scope#CONNECTION}; none for engines that
   *     have no connection
   */
  public record Connection(Engine engine, String name, Map<Setting<?>, Object> values) {

    /** Whether items are copied from other servers when the servers do not hold them. */
    public boolean isMoving() {
      return engine == Engine.MEMCACHED && !get(ConnectionSettings.FALLBACK_SERVERS).isEmpty();
    }

    /** The servers, without those to copy from. */
    public Connection withoutFallback() {
      return isMoving() ? to(get(ConnectionSettings.SERVERS)) : this;
    }

    /** The servers to copy from alone. */
    public Connection ofFallback() {
      return to(new ServerSource.Listed(get(ConnectionSettings.FALLBACK_SERVERS)));
    }

    private Connection to(ServerSource servers) {
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

    /** Names the engine only: values may be secret. */
    @Override
    public String toString() {
      return "Connection of " + engine;
    }
  }
}
