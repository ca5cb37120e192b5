package org.jcachememcached.config;

import java.time.Duration;
import java.util.List;

/**
 * What one manager is set to, from all sources, checked.
 *
 * @param engine where the entries live
 * @param application the prefix of every key of the manager, before the cache's name; for the
 *     memory engine the name of the store as well
 * @param servers the memcached servers; empty for the other engines
 * @param timeout how long one command may take
 */
public record Settings(Engine engine, String application, List<Server> servers, Duration timeout) {

  /** The engines there are. */
  public enum Engine {
    MEMCACHED,
    MEMORY,
    NONE
  }
}
