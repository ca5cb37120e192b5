package org.jcachememcached.internal.codec.serialization;

import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;

/**
 * What may be deserialized: which classes, and how much. Everyone with access to a memcached can
 * write to it, so all deserialization goes by a policy. Thread-safe.
 *
 * <p>The limits exclude attacks; they are not meant to size an application:
 *
 * <ul>
 *   <li>Depth: a level takes about 1 kB of stack, so that the default stack of 1 MB overflows at
 *       about 1,100 levels. An overflow in a class initializer of the JDK would leave that class
 *       unusable until the JVM ends. The default of 500 leaves half of the stack to the caller, and
 *       is far more than trees have.
 *   <li>References: an item of memcached's usual 1 MB cannot hold more than the default of a
 *       million. Shared collections count each time, see {@link CollectionWalk}.
 *   <li>Array elements and bytes: the defaults are more than memcached stores in an item by
 *       default. More elements than the bytes can fill are always refused, see {@link
 *       DeserializationGuard}.
 * </ul>
 */
public final class DeserializationPolicy {

  private final ClassFilter classes;
  private final int maxDepth;
  private final int maxReferences;
  private final int maxArray;
  private final int maxBytes;

  private DeserializationPolicy(
      ClassFilter classes, int maxDepth, int maxReferences, int maxArray, int maxBytes) {
    this.classes = classes;
    this.maxDepth = maxDepth;
    this.maxReferences = maxReferences;
    this.maxArray = maxArray;
    this.maxBytes = maxBytes;
  }

  /** The policy of a cache. */
  public static DeserializationPolicy of(Settings settings) {
    return new DeserializationPolicy(
        new ClassFilter(settings.get(CacheSettings.DESERIALIZATION_FILTER)),
        settings.get(CacheSettings.DESERIALIZATION_MAX_DEPTH),
        settings.get(CacheSettings.DESERIALIZATION_MAX_REFERENCES),
        settings.get(CacheSettings.DESERIALIZATION_MAX_ARRAY),
        settings.get(CacheSettings.DESERIALIZATION_MAX_BYTES));
  }

  ClassFilter classes() {
    return classes;
  }

  public int maxDepth() {
    return maxDepth;
  }

  int maxReferences() {
    return maxReferences;
  }

  int maxArray() {
    return maxArray;
  }

  public int maxBytes() {
    return maxBytes;
  }
}
