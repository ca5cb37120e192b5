package org.jcachememcached.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jcachememcached.config.Settings.Engine;

/**
 * What the sources say of one manager or one cache, laid over each other. Immutable.
 *
 * @param owner whose settings these are, in words that follow the name of a setting; empty for the
 *     manager
 * @param given what was said last of each setting of which something was said
 */
record Layers(String owner, Map<Setting<?>, Given> given) {

  Layers {
    given = Map.copyOf(given);
  }

  /** What a source says for one cache, over all of this. */
  Layers ofCache(String cache, Map<Setting<?>, Given> source) {
    return new Layers(" of the cache \"" + cache + '"', overlaid(source));
  }

  /** What one more source says, over all of this. */
  Layers with(Map<Setting<?>, Given> source) {
    return new Layers(owner, overlaid(source));
  }

  private Map<Setting<?>, Given> overlaid(Map<Setting<?>, Given> source) {
    Map<Setting<?>, Given> overlaid = new HashMap<>(given);
    overlaid.putAll(source);
    return overlaid;
  }

  /**
   * The value of every setting.
   *
   * @throws IllegalArgumentException if one is not allowed, or two do not go together
   */
  Map<Setting<?>, Object> values() {
    Map<Setting<?>, Object> values = new HashMap<>();
    SettingCatalog.ALL.forEach(setting -> values.put(setting, setting.valueOf(given.get(setting))));
    if (ConnectionSettings.ENGINE.in(values) != Engine.MEMCACHED) {
      values.put(ConnectionSettings.SERVERS, List.of());
    }
    refuseHalfOfCredentials(values);
    refuseServersInBothGroups(values);
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

  // What is removed from the one group would be gone from the other.
  private void refuseServersInBothGroups(Map<Setting<?>, Object> values) {
    for (Server old : ConnectionSettings.FALLBACK_SERVERS.in(values)) {
      if (ConnectionSettings.SERVERS.in(values).stream().anyMatch(old::hasAddressOf)) {
        throw new IllegalArgumentException(
            "The setting %s%s names %s, but must name no server that the setting %s names"
                .formatted(
                    ConnectionSettings.FALLBACK_SERVERS.name(),
                    owner,
                    old,
                    ConnectionSettings.SERVERS.name()));
      }
    }
  }

  /** Names the owner only: what is given may be secret. */
  @Override
  public String toString() {
    return "Layers" + owner;
  }
}
