package org.jcachememcached.internal.codec.key;

import org.jcachememcached.internal.config.CacheSettings;

/**
 * The part of a store that belongs to one cache: all keys that begin with its prefix. Immutable.
 *
 * <p>By default, a prefix is the encoded application, a colon, the encoded name of the cache, a
 * colon; an empty application leaves its place empty ({@code :user:}). No encoded name contains a
 * colon, so no prefix begins with another one: a scan or a clear of one namespace never sees a key
 * of another, whatever the names are. Prefixes of other patterns may overlap: see {@link
 * #overlaps}.
 */
public final class Namespace {

  /** The most characters of a prefix, so that there is room behind it for any hash of a key. */
  private static final int MAX_LENGTH = 180;

  private final String prefix;

  private Namespace(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The namespace of a cache.
   *
   * @param pattern printable ASCII without spaces, in which {@code {application}} and {@code
   *     {cache}} stand for the encoded names
   * @param application sets this application apart on shared servers; may be empty
   * @param cache the name of the cache; may be any string
   * @throws IllegalArgumentException if that makes a prefix that is too long for memcached
   */
  public static Namespace of(String pattern, String application, String cache) {
    String prefix = prefix(pattern, application, cache);
    if (prefix.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The setting %s is %s, which for this cache has %d characters; at most %d are allowed"
              .formatted(CacheSettings.KEY_PREFIX.name(), pattern, prefix.length(), MAX_LENGTH));
    }
    return new Namespace(prefix);
  }

  private static String prefix(String pattern, String application, String cache) {
    // An encoded name has no braces, so the first cannot bring in the second.
    return pattern
        .replace("{application}", PercentEncoding.encode(application))
        .replace("{cache}", PercentEncoding.encode(cache));
  }

  /** Whether there are keys that belong to both, because one prefix begins with the other. */
  public boolean overlaps(Namespace other) {
    return prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
  }

  /**
   * A part of this namespace that is a namespace too: its keys begin with the prefix of this one,
   * the encoded name of the part and a colon. Keys that belong to no part must not begin like that.
   *
   * @param name what sets the part apart; each of its characters takes room from the keys
   */
  public Namespace part(String name) {
    return new Namespace(prefix + PercentEncoding.encode(name) + ":");
  }

  /**
   * What each key begins with: printable ASCII without spaces, at most 180 characters, those of the
   * part not included.
   */
  public String prefix() {
    return prefix;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
