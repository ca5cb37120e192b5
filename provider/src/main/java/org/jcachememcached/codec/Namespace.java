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
    this(PercentEncoding.encode(application) + ":" + PercentEncoding.encode(cache) + ":");
  }

  private Namespace(String prefix) {
    this.prefix = prefix;
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
