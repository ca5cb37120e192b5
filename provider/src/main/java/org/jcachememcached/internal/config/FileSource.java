package org.jcachememcached.internal.config;

import java.util.List;
import java.util.Map;

/**
 * What a configuration file says, its templates already laid under the caches that take them.
 * Immutable.
 *
 * @param ofManager of the manager, and so of all its caches
 * @param ofCaches of the caches that the file declares, by their names
 * @param remarks what may be a mistake, in sentences for the log
 */
record FileSource(
    Map<Setting<?>, SettingValue> ofManager,
    Map<String, Map<Setting<?>, SettingValue>> ofCaches,
    List<String> remarks) {

  /** There is no file. */
  static final FileSource NONE = none(List.of());

  /** There is no file, and what is there instead may be a mistake. */
  static FileSource none(List<String> remarks) {
    return new FileSource(Map.of(), Map.of(), remarks);
  }

  /** Names nothing: some of it may be secret. */
  @Override
  public String toString() {
    return "FileSource";
  }
}
