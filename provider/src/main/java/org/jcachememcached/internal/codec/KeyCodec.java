package org.jcachememcached.internal.codec;

import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of one cache into keys on the wire and back. Keys that are equal meet, in every
 * JVM; keys that are not equal do not. Thread-safe.
 *
 * <p>How they look is a choice of the cache, a {@link KeyStrategy}. By default, strings of
 * printable ASCII, boxed primitives and UUIDs stay readable ({@link ReadableKey}), and everything
 * else is written in its canonical form ({@link CanonicalCodec}, which also names the limits): as
 * URL-safe base64 while that fits into a key of memcached, as its SHA-256 otherwise.
 */
public final class KeyCodec {

  private final String prefix;
  private final KeyEncoder strategy;

  /** As readable as can be, with the default policy. */
  public KeyCodec(Namespace namespace, Supplier<ClassLoader> classLoader) {
    this(namespace, classLoader, DeserializationPolicy.DEFAULT);
  }

  /**
   * As readable as can be.
   *
   * @param namespace where the keys belong
   * @param classLoader loads the classes of the keys that are read back
   * @param policy what the bytes may become
   */
  public KeyCodec(
      Namespace namespace, Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    this(namespace, new AutoKeyEncoder(canonicalCodec(classLoader, policy)));
  }

  private KeyCodec(Namespace namespace, KeyEncoder strategy) {
    this.prefix = namespace.prefix();
    this.strategy = strategy;
  }

  /**
   * As a cache is set to.
   *
   * @param namespace where the keys belong
   * @param settings those of the cache
   * @param keyType the type of all keys; Object if there is none
   * @param classLoader loads the classes of the keys that are read back
   * @param policy what the bytes may become
   * @throws IllegalArgumentException if keys of that type, or behind that prefix, cannot be written
   *     like that
   */
  public static KeyCodec of(
      Namespace namespace,
      Settings settings,
      Class<?> keyType,
      Supplier<ClassLoader> classLoader,
      DeserializationPolicy policy) {
    CanonicalCodec form = canonicalCodec(classLoader, policy);
    return new KeyCodec(
        namespace,
        switch (settings.get(CacheSettings.KEY_STRATEGY)) {
          case AUTO -> new AutoKeyEncoder(form);
          case STRING -> new TextKeyEncoder(keyType);
          case BASE64 -> new Base64KeyEncoder(form);
          case HASH -> {
            HexDigest digest = new HexDigest(settings.get(CacheSettings.KEY_DIGEST));
            yield HashKeyEncoder.hexadecimal(form, namespace.prefix(), digest);
          }
        });
  }

  private static CanonicalCodec canonicalCodec(
      Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    return new CanonicalCodec(new JavaSerialization(classLoader, policy));
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
   * @throws CodecException if this is no key of this namespace, or one that cannot be read back or
   *     may not be; the message says which class it is and which setting would allow it
   */
  public Object decode(String wire, byte @Nullable [] original) {
    if (!wire.startsWith(prefix)) {
      throw new CodecException("The key " + wire + " does not begin with " + prefix, null);
    }
    try {
      return strategy.decode(wire.substring(prefix.length()), original);
    } catch (CodecException e) {
      throw new CodecException("The key " + wire + " cannot be read back: " + e.getMessage(), e);
    }
  }

  /** What every key on the wire begins with. */
  public String prefix() {
    return prefix;
  }
}
