package org.jcachememcached.internal.codec.key;

import java.nio.charset.StandardCharsets;
import org.jcachememcached.internal.config.CacheSettings;

/**
 * The part of a store that belongs to one cache: all keys that begin with its prefix. Immutable.
 *
 * <p>By default, a prefix is the encoded application, a colon, the encoded name of the cache, a
 * colon; an empty application leaves its place empty ({@code :user:}). No encoded name contains a
 * colon, so no prefix begins with another one: a scan or a clear of one namespace never finds a key
 * of another, whatever the names are. Prefixes of other patterns may overlap: see {@link
 * #overlaps}.
 */
public final class Namespace {

  /** The most characters of a prefix, which leaves room for any hash of a key. */
  private static final int MAX_LENGTH = 180;

  /** No encoded name begins with it, so by default no prefix of a cache does. */
  private static final String NO_CACHE = "~";

  private static final String TAGS = NO_CACHE + "tags:";
  private static final String REFRESHES = NO_CACHE + "refreshes:";

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
   * @throws IllegalArgumentException if the prefix is too long for memcached
   */
  public static Namespace of(String pattern, String application, String cache) {
    String prefix = prefix(pattern, application, cache);
    if (prefix.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The setting %s is %s, which for this cache has %d characters; at most %d are allowed"
              .formatted(CacheSettings.KEY_PREFIX.name(), pattern, prefix.length(), MAX_LENGTH));
    }
    requireNoOverlap(pattern, prefix, TAGS, "the versions of tags");
    requireNoOverlap(pattern, prefix, REFRESHES, "which entries are being refreshed");
    return new Namespace(prefix);
  }

  private static void requireNoOverlap(
      String pattern, String prefix, String reserved, String content) {
    if (prefix.startsWith(reserved) || reserved.startsWith(prefix)) {
      throw new IllegalArgumentException(
          "The setting %s is %s, which for this cache is '%s'; it must not be empty nor begin like %s, below which is stored %s"
              .formatted(CacheSettings.KEY_PREFIX.name(), pattern, prefix, reserved, content));
    }
  }

  /**
   * The namespace of the tags of an application. No cache is there: {@link #of} refuses such a
   * prefix.
   *
   * @param application sets this application apart on shared servers; may be empty
   */
  public static Namespace ofTags(String application) {
    return new Namespace(TAGS + PercentEncoding.encode(application) + ":");
  }

  /**
   * The namespace of what says that entries of an application are being refreshed. No cache is
   * there either.
   *
   * @param application sets this application apart on shared servers; may be empty
   */
  public static Namespace ofRefreshes(String application) {
    return new Namespace(REFRESHES + PercentEncoding.encode(application) + ":");
  }

  /**
   * A key of this namespace that stands for a key of the store, perhaps of another namespace:
   * different for different ones, and never too long.
   */
  public String hashed(String storeKey) {
    return prefix + Sha256.of(storeKey.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * What follows the prefix in the key of something that has a name: different for different names.
   *
   * @param name any text
   * @return at most 89 characters of ASCII
   */
  public static String encode(String name) {
    return PercentEncoding.encode(name);
  }

  private static String prefix(String pattern, String application, String cache) {
    // An encoded name has no braces, so it contains no placeholder.
    return pattern
        .replace("{application}", PercentEncoding.encode(application))
        .replace("{cache}", PercentEncoding.encode(cache));
  }

  /** Whether a key can belong to both: one prefix begins with the other. */
  public boolean overlaps(Namespace other) {
    return prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
  }

  /**
   * A part of this namespace that is a namespace too: its keys begin with the prefix of this one,
   * the encoded name of the part and a colon. Keys that belong to no part must not begin with it.
   *
   * @param name identifies the part; keys may be shorter by its length
   */
  public Namespace part(String name) {
    return new Namespace(prefix + PercentEncoding.encode(name) + ":");
  }

  /**
   * What each key begins with: printable ASCII without spaces; at most 180 characters, without
   * those of a part.
   */
  public String prefix() {
    return prefix;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
