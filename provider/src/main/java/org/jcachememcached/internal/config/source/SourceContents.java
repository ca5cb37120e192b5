package org.jcachememcached.internal.config.source;

import java.util.List;
import java.util.Map;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingValue;

/**
 * The settings that one source gives: a configuration file, whose templates are already applied to
 * the caches that use them, or the properties of a manager. Immutable.
 *
 * @param ofManager settings of the manager, which are defaults for all its caches
 * @param ofCaches settings of single caches, by their names; a file declares the caches it names
 * @param remarks likely mistakes, in sentences for the log
 */
record SourceContents(
    Map<Setting<?>, SettingValue> ofManager,
    Map<String, Map<Setting<?>, SettingValue>> ofCaches,
    List<String> remarks) {

  /** The contents of a source that is absent. */
  static final SourceContents NONE = none(List.of());

  /** No settings, and remarks on what was found instead. */
  static SourceContents none(List<String> remarks) {
    return new SourceContents(Map.of(), Map.of(), remarks);
  }

  /** Shows no values: some may be secret. */
  @Override
  public String toString() {
    return "SourceContents";
  }
}
