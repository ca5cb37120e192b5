package org.jcachememcached.springboot;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.jcachememcached.MemcachedConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What Spring's environment says below {@code memcached}: settings of all caches, which are checked
 * when the cache manager is created, and the caches that are declared, with their own. For one use;
 * not thread-safe.
 */
final class MemcachedSettings {

  static final String PREFIX = "memcached";

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);
  private static final String URI_OF_MANAGER = PREFIX + ".uri";
  private static final String SERVERS = PREFIX + ".servers";
  private static final String ENVIRONMENT_PREFIX = PREFIX + ".env.prefix";
  private static final Bindable<List<String>> LIST = Bindable.listOf(String.class);

  private final List<ConfigurationPropertySource> sources;
  private final Binder binder;
  private final Properties ofManager = new Properties();
  private final Map<String, MemcachedConfiguration<Object, Object>> caches = new LinkedHashMap<>();

  private MemcachedSettings(Environment environment) {
    sources =
        StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
            .toList();
    binder = Binder.get(environment);
  }

  /**
   * Reads all of them.
   *
   * @throws InvalidSettingException if a cache has a setting that is unknown or not allowed
   */
  static MemcachedSettings of(Environment environment) {
    MemcachedSettings settings = new MemcachedSettings(environment);
    settings.properties().forEach(settings::add);
    settings
        .binder
        .bind("spring.cache.cache-names", LIST)
        .orElse(List.of())
        .forEach(settings::cache);
    return settings;
  }

  /**
   * The URI of the manager; null for the default.
   *
   * @throws InvalidSettingException if it is malformed
   */
  @Nullable URI uri() {
    String uri = ofManager.getProperty(URI_OF_MANAGER, "");
    try {
      return uri.isEmpty() ? null : new URI(uri);
    } catch (URISyntaxException e) {
      throw new InvalidSettingException(
          "The property %s is \"%s\", but must be a URI".formatted(URI_OF_MANAGER, uri), e);
    }
  }

  /** The settings of all caches, as properties of the manager. */
  Properties ofManager() {
    Properties copy = new Properties();
    copy.putAll(ofManager);
    copy.remove(URI_OF_MANAGER);
    return copy;
  }

  /** The configurations of the declared caches by name. */
  Map<String, MemcachedConfiguration<Object, Object>> caches() {
    return caches;
  }

  private List<SettingProperty> properties() {
    Map<ConfigurationPropertyName, SettingProperty> found = new LinkedHashMap<>();
    // Names are spelled as elsewhere where an environment variable, which knows no case, sets them.
    found(false).forEach(property -> found.putIfAbsent(property.name(), property));
    variables(found).forEach(property -> found.putIfAbsent(property.name(), property));
    return List.copyOf(found.values());
  }

  /**
   * Environment variables that are settings. Others are none of ours: Kubernetes gives each
   * container variables such as MEMCACHED_PORT for a service that is called memcached.
   */
  private List<SettingProperty> variables(Map<ConfigurationPropertyName, SettingProperty> others) {
    List<SettingProperty> variables = found(true);
    if (variables.isEmpty()) {
      return variables;
    }
    KnownSettings known = KnownSettings.ofMetadata();
    boolean serversHaveAnotherName =
        others.containsKey(ConfigurationPropertyName.of(ENVIRONMENT_PREFIX));
    return variables.stream()
        .filter(known::contains)
        .filter(property -> !serversHaveAnotherName || !property.name().toString().equals(SERVERS))
        .toList();
  }

  private List<SettingProperty> found(boolean inVariables) {
    List<SettingProperty> found = new ArrayList<>();
    for (ConfigurationPropertySource source : sources) {
      boolean isOfVariables =
          source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
      if (isOfVariables == inVariables
          && source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream().filter(ROOT::isAncestorOf).map(SettingProperty::of).forEach(found::add);
      }
    }
    return found;
  }

  private void add(SettingProperty property) {
    if (property.declaresCaches()) {
      binder.bind(property.name(), LIST).orElse(List.of()).forEach(this::cache);
    } else if (property.cache() == null) {
      ofManager.setProperty(PREFIX + "." + property.setting(), text(property));
    } else {
      addToCache(property, cache(property.cache()));
    }
  }

  private MemcachedConfiguration<Object, Object> cache(String name) {
    return caches.computeIfAbsent(name, added -> new MemcachedConfiguration<>());
  }

  private void addToCache(
      SettingProperty property, MemcachedConfiguration<Object, Object> configuration) {
    String text = text(property);
    String setting = property.setting();
    if (setting == null) {
      requireEmpty(property, text);
      return;
    }
    try {
      configuration.set(setting, text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(where(property) + ": " + e.getMessage(), e);
    }
  }

  private void requireEmpty(SettingProperty property, String text) {
    if (!text.isEmpty()) {
      String message =
          "%s is \"%s\", but must be empty, or have the settings of the cache below it"
              .formatted(where(property), text);
      throw new InvalidSettingException(message, null);
    }
  }

  private String text(SettingProperty property) {
    return property.isList()
        ? String.join(",", binder.bind(property.name(), LIST).orElse(List.of()))
        : binder.bind(property.name(), Bindable.of(String.class)).orElse("");
  }

  /** The property, and the line of the file if it is known. */
  private String where(SettingProperty property) {
    return sources.stream()
        .map(source -> source.getConfigurationProperty(property.name()))
        .filter(Objects::nonNull)
        .map(ConfigurationProperty::getOrigin)
        .filter(Objects::nonNull)
        .findFirst()
        .map(origin -> "The property %s (%s)".formatted(property.name(), origin))
        .orElse("The property " + property.name());
  }
}
