package org.jcachememcached.internal.config;

/**
 * The text that a source gives for a setting. Immutable.
 *
 * @param text as written
 * @param origin where it was written, in words that follow "in"
 */
public record SettingValue(String text, String origin) {

  /** Names the origin only: the text may be secret. */
  @Override
  public String toString() {
    return "the value in " + origin;
  }
}
