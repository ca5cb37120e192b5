package org.jcachememcached.api;

/**
 * A key that belongs together with others: all keys of the same affinity are on one server, so that
 * a {@code getAll} of them is one request to one server. Implemented by classes of keys; any cache
 * honours it.
 *
 * <pre>{@code
 * public record CartLine(String user, int line) implements KeyAffinity, Serializable {
 *   @Override
 *   public String affinity() {
 *     return user;
 *   }
 * }
 * }</pre>
 *
 * <p>Equal keys have equal affinities, in every JVM. The class is not a list, a set or a map:
 * iteration returns those as instances of other classes. A class whose keys are stored already
 * cannot get an affinity without losing these entries, because their keys on the servers change.
 *
 * <p>Every server should have many affinities to keep: a large part of all entries that has one
 * affinity is a large part of the load on one server.
 */
public interface KeyAffinity {

  /**
   * What keys that belong together have in common, such as the id of a user. The affinity is a part
   * of the key on the server, in full if it is short: at most 36 characters of printable ASCII
   * without spaces; as a hash otherwise. Caches on the same connections keep the same affinity on
   * the same server.
   *
   * @return never null; an empty text for a key that belongs together with no other
   */
  String affinity();
}
