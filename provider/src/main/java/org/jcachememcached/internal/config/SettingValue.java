package org.jcachememcached.internal.config;

/**
 * A value as somebody wrote it. Immutable.
 *
 * @param text what was written
 * @param origin where, in words that follow "in"
 */
record SettingValue(String text, String origin) {

  /** Names the origin only: the text may be secret. */
  @Override
  public String toString() {
    return "what " + origin + " says";
  }
}
