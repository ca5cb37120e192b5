package org.jcachememcached.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What one manager is set to, from all sources, checked. Immutable; equal when everything is.
 *
 * @param engine where the entries live
 * @param application the prefix of every key of the manager, before the cache's name; for the
 *     memory engine the name of the store as well
 * @param servers the memcached servers; empty for the other engines
 * @param timeout how long one command may take
 * @param casAttempts how often one operation may lose the race for its entry before it gives up
 * @param queueWait how long a read-modify-write waits for its turn behind others of this JVM on the
 *     same key
 * @param pageSize entries per round trip of bulk operations and of iteration
 * @param onFailure what a call ends with when the store fails
 * @see Setting
 */
public record Settings(
    Engine engine,
    String application,
    List<Server> servers,
    Duration timeout,
    int casAttempts,
    Duration queueWait,
    int pageSize,
    FailurePolicy onFailure) {

  /** The engines there are. */
  public enum Engine {
    MEMCACHED,
    MEMORY,
    NONE
  }

  /**
   * What managers must have in common to share a store. Immutable.
   *
   * @param engine where the entries live
   * @param name the name of the store for the memory engine, empty for the others
   * @param servers the memcached servers; empty for the other engines
   * @param timeout how long one command may take; zero for the other engines, which have no wire to
   *     wait for
   */
  public record Connection(Engine engine, String name, List<Server> servers, Duration timeout) {}

  public Settings {
    servers = List.copyOf(servers);
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

  /** What another manager must be set to as well in order to share the store of this one. */
  public Connection connection() {
    return switch (engine) {
      case MEMCACHED -> new Connection(engine, "", servers, timeout);
      case MEMORY -> new Connection(engine, application, List.of(), Duration.ZERO);
      case NONE -> new Connection(engine, "", List.of(), Duration.ZERO);
    };
  }
}
