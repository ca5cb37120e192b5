package org.jcachememcached.internal.codec.key;

import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of one cache into keys on the wire and back. Equal keys have the same wire key, in
 * every JVM; keys that are not equal have different ones. Thread-safe.
 *
 * <p>What they look like is the {@link KeyStrategy} of the cache. By default, strings of printable
 * ASCII, boxed primitives and UUIDs stay readable ({@link ReadableKey}), and all other keys are
 * written in their canonical form ({@link CanonicalCodec}, which also describes the limits): as
 * URL-safe base64 while that fits into a key of memcached, as its SHA-256 otherwise.
 */
public final class KeyCodec {

  private final String prefix;
  private final KeyEncoder encoder;

  private KeyCodec(Namespace namespace, KeyEncoder encoder) {
    this.prefix = namespace.prefix();
    this.encoder = encoder;
  }

  /**
   * The codec of a cache.
   *
   * @param namespace what the keys on the wire begin with
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
    CanonicalCodec canonical = new CanonicalCodec(new JavaSerialization(classLoader, policy));
    return new KeyCodec(
        namespace,
        switch (settings.get(CacheSettings.KEY_STRATEGY)) {
          case AUTO -> withAffinity(new AutoKeyEncoder(canonical), settings);
          // Its keys have no mark: they are what other clients write.
          case STRING -> new TextKeyEncoder(keyType);
          case BASE64 -> withAffinity(new Base64KeyEncoder(canonical), settings);
          case HASH -> {
            HexDigest digest = new HexDigest(settings.get(CacheSettings.KEY_DIGEST));
            yield withAffinity(
                HashKeyEncoder.hexadecimal(canonical, namespace.prefix(), digest), settings);
          }
        });
  }

  private static KeyEncoder withAffinity(KeyEncoder encoder, Settings settings) {
    return new AffinityKeyEncoder(encoder, settings.get(ConnectionSettings.KEY_AFFINITY));
  }

  /**
   * The key on the wire.
   *
   * @throws CodecException if the key has no form as bytes; the message names its class
   */
  public EncodedKey encode(Object key) {
    return encoder.encode(prefix, key);
  }

  /**
   * The key that was encoded: an equal one, not always of the same class (see {@link
   * CanonicalCodec}).
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
      return encoder.decode(wire.substring(prefix.length()), original);
    } catch (CodecException e) {
      throw new CodecException("The key " + wire + " cannot be read back: " + e.getMessage(), e);
    }
  }

  /** Whether a key on the wire is a hash: it is decoded only with its canonical form. */
  public boolean isHash(String wire) {
    return wire.startsWith(prefix) && encoder.isHash(wire.substring(prefix.length()));
  }

  /** What every key on the wire begins with. */
  public String prefix() {
    return prefix;
  }
}
