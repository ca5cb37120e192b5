package org.jcachememcached.codec;

/**
 * The part of a store that belongs to one cache: all keys that begin with its prefix. Immutable.
 *
 * <p>A prefix is the encoded application, a colon, the encoded name of the cache, a colon; an empty
 * application leaves its place empty ({@code :user:}). No encoded name contains a colon, so no
 * prefix begins with another one: a scan or a clear of one namespace never sees a key of another,
 * whatever the names are.
 */
public final class Namespace {

  private final String prefix;

  /**
   * @param application what sets this application apart on shared servers; may be empty
   * @param cache the name of the cache; may be any string
   */
  public Namespace(String application, String cache) {
    prefix = PercentEncoding.encode(application) + ":" + PercentEncoding.encode(cache) + ":";
  }

  /** What each key begins with: at most 180 characters of printable ASCII without spaces. */
  public String prefix() {
    return prefix;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
