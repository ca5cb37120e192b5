package org.jcachememcached.codec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of one cache into keys on the wire and back. Keys that are equal meet, in every
 * JVM; keys that are not equal do not. Thread-safe.
 *
 * <p>Strings of printable ASCII, boxed primitives and UUIDs stay readable ({@link ReadableKey}).
 * Everything else is written in its canonical form ({@link CanonicalForm}, which also names the
 * limits): as URL-safe base64 while that fits into a key of memcached, as its SHA-256 otherwise.
 */
public final class KeyCodec {

  private final String prefix;
  private final KeyStrategy strategy;

  /** With the default policy. */
  public KeyCodec(Namespace namespace, Supplier<ClassLoader> classLoader) {
    this(namespace, classLoader, DeserializationPolicy.DEFAULT);
  }

  /**
   * @param namespace where the keys belong
   * @param classLoader loads the classes of the keys that are read back
   * @param policy what the bytes may become
   */
  public KeyCodec(
      Namespace namespace, Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    this(
        namespace,
        new AutoKeyStrategy(new CanonicalForm(new JavaSerialization(classLoader, policy))));
  }

  private KeyCodec(Namespace namespace, KeyStrategy strategy) {
    this.prefix = namespace.prefix();
    this.strategy = strategy;
  }

  /**
   * The key on the wire.
   *
   * @throws CodecException if the key has no form as bytes; the message names its class
   */
  public EncodedKey encode(Object key) {
    return strategy.encode(prefix, key);
  }

  /**
   * The key that was encoded: an equal one, not always of the same class (see {@link
   * CanonicalForm}).
   *
   * @param wire the complete key on the wire
   * @param original the canonical form that came with the value, if any
   * @throws CodecException if this is no key of this namespace
   */
  public Object decode(String wire, byte @Nullable [] original) {
    if (!wire.startsWith(prefix)) {
      throw new CodecException("The key " + wire + " does not begin with " + prefix, null);
    }
    return strategy.decode(wire.substring(prefix.length()), original);
  }

  /** What every key on the wire begins with. */
  public String prefix() {
    return prefix;
  }
}
