package org.jcachememcached.internal.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that the sources give for one manager or one cache, each source over those of lower
 * precedence. Immutable.
 *
 * @param owner whose settings these are, in words that follow the name of a setting; empty for the
 *     manager
 * @param given the value of each setting that any source gives, from the source of the highest
 *     precedence
 * @param own the settings whose value was given for the cache itself; the others are defaults
 */
record Layers(String owner, Map<Setting<?>, SettingValue> given, Set<Setting<?>> own) {

  Layers {
    given = Map.copyOf(given);
    own = Set.copyOf(own);
  }

  /** The values for a manager. */
  static Layers ofManager(Map<Setting<?>, SettingValue> given) {
    return new Layers("", given, Set.of());
  }

  /** These values, and over them those that a source gives for one cache. */
  Layers ofCache(String cache, Map<Setting<?>, SettingValue> source) {
    return new Layers(" of the cache \"" + cache + '"', overlaid(source), source.keySet());
  }

  /** These values, and over them those that one more source gives for the cache. */
  Layers with(Map<Setting<?>, SettingValue> source) {
    Set<Setting<?>> both = new HashSet<>(own);
    both.addAll(source.keySet());
    return new Layers(owner, overlaid(source), both);
  }

  /** These values without that of one setting. */
  Layers without(Setting<?> setting) {
    Map<Setting<?>, SettingValue> rest = new HashMap<>(given);
    rest.remove(setting);
    return new Layers(owner, rest, own);
  }

  private Map<Setting<?>, SettingValue> overlaid(Map<Setting<?>, SettingValue> source) {
    Map<Setting<?>, SettingValue> overlaid = new HashMap<>(given);
    overlaid.putAll(source);
    return overlaid;
  }

  /**
   * The value of every setting.
   *
   * @throws IllegalArgumentException if one is not allowed, or two contradict each other
   */
  Map<Setting<?>, Object> values() {
    Map<Setting<?>, Object> values = new HashMap<>();
    SettingCatalog.ALL.forEach(setting -> values.put(setting, setting.valueOf(given.get(setting))));
    if (ConnectionSettings.ENGINE.in(values) != Engine.MEMCACHED) {
      values.put(ConnectionSettings.SERVERS, new ServerSource.Listed(List.of()));
      values.put(ConnectionSettings.FALLBACK_SERVERS, List.of());
    }
    if (hasServersOutsideMigration(values)) {
      values.put(ConnectionSettings.FALLBACK_SERVERS, List.of());
    }
    refuseHalfOfCredentials(values);
    refuseServersInBothGroups(values);
    refuseTlsAtUnixSockets(values);
    return Map.copyOf(values);
  }

  private void refuseHalfOfCredentials(Map<Setting<?>, Object> values) {
    if (ConnectionSettings.USERNAME.in(values).isEmpty()
        != ConnectionSettings.PASSWORD.in(values).isEmpty()) {
      throw new IllegalArgumentException(
          "Of the settings username and password%s one is given, but must be both or none"
              .formatted(owner));
    }
  }

  // A migration configured for all caches does not apply to one with servers of its own.
  private boolean hasServersOutsideMigration(Map<Setting<?>, Object> values) {
    return own.contains(ConnectionSettings.SERVERS)
        && !own.contains(ConnectionSettings.FALLBACK_SERVERS)
        && serverInBothGroups(values) != null;
  }

  // A key removed from one group would be removed from the other.
  private void refuseServersInBothGroups(Map<Setting<?>, Object> values) {
    Server both = serverInBothGroups(values);
    if (both != null) {
      throw new IllegalArgumentException(
          "The setting %s%s names %s, but must name no server that the setting %s names"
              .formatted(
                  ConnectionSettings.FALLBACK_SERVERS.name(),
                  owner,
                  both,
                  ConnectionSettings.SERVERS.name()));
    }
  }

  // memcached encrypts TCP connections only.
  private void refuseTlsAtUnixSockets(Map<Setting<?>, Object> values) {
    if (ConnectionSettings.TLS_ENABLED.in(values)) {
      refuseUnixSockets(ConnectionSettings.SERVERS, ConnectionSettings.SERVERS.in(values).listed());
      refuseUnixSockets(
          ConnectionSettings.FALLBACK_SERVERS, ConnectionSettings.FALLBACK_SERVERS.in(values));
    }
  }

  private void refuseUnixSockets(Setting<?> setting, List<Server> servers) {
    for (Server server : servers) {
      if (server.isAtUnixSocket()) {
        throw new IllegalArgumentException(
            "The setting %s%s names %s, but must name TCP ports only, because %s is true"
                .formatted(setting.name(), owner, server, ConnectionSettings.TLS_ENABLED.name()));
      }
    }
  }

  private static @Nullable Server serverInBothGroups(Map<Setting<?>, Object> values) {
    List<Server> servers = ConnectionSettings.SERVERS.in(values).listed();
    return ConnectionSettings.FALLBACK_SERVERS.in(values).stream()
        .filter(old -> servers.stream().anyMatch(old::hasEndpointOf))
        .findFirst()
        .orElse(null);
  }

  /** Names the owner only: values may be secret. */
  @Override
  public String toString() {
    return "Layers" + owner;
  }
}
