package org.jcachememcached.internal.codec.serialization;

import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;

/**
 * What bytes from a store may become: which classes, and how much of them. Whoever can write to a
 * memcached can put there what they like, so nothing is read outside of it. Thread-safe.
 *
 * <p>The limits are there to end what would otherwise not end, not to size an application:
 *
 * <ul>
 *   <li>Depth: a level takes close to 1 kB of stack, so that the 1 MB that a thread has by default
 *       ends at some 1,100 levels. It must not come to that: an overflow in the middle of a class
 *       initializer of the JDK leaves that class unusable until the JVM ends. The default of 500
 *       leaves half of the stack to the caller, and is far beyond what trees have.
 *   <li>References: an item of memcached's usual 1 MB cannot hold more than the default of a
 *       million. What is shared counts once per walk to it, see {@link CollectionWalk}.
 *   <li>Array elements and bytes: by default more than memcached stores unless it is told to. More
 *       elements than the bytes can fill are always refused, see {@link DeserializationGuard}.
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

  /** What a manager is set to. */
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
