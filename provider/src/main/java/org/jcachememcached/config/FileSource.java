package org.jcachememcached.config;

import java.util.Map;

/**
 * What a configuration file says, its templates already laid under the caches that take them.
 * Immutable.
 *
 * @param ofManager of the manager, and so of all its caches
 * @param ofCaches of the caches that the file declares, by their names
 */
record FileSource(Map<Setting<?>, Given> ofManager, Map<String, Map<Setting<?>, Given>> ofCaches) {

  /** There is no file. */
  static final FileSource NONE = new FileSource(Map.of(), Map.of());

  /** Names nothing: some of it may be secret. */
  @Override
  public String toString() {
    return "FileSource";
  }
}
