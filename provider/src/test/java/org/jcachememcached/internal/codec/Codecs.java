package org.jcachememcached.internal.codec;

import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jcachememcached.internal.codec.value.ValueCodecs;
import org.jcachememcached.internal.config.CacheSettings;

/** Codecs as a cache gets them, with the classes of the tests. */
public final class Codecs {

  private Codecs() {}

  /** The default codec of values. */
  public static ValueCodec java() {
    return java(Policies.DEFAULT);
  }

  public static ValueCodec java(DeserializationPolicy policy) {
    return ValueCodecs.named("java", Object.class, Keys::classLoader, policy);
  }

  public static ValueCodec named(String codec, Class<?> valueType) {
    return ValueCodecs.named(codec, valueType, Keys::classLoader, Policies.DEFAULT);
  }

  /** The default codec of the keys that begin with {@code orders:user:}. */
  public static KeyCodec keys() {
    return keys(Policies.DEFAULT);
  }

  public static KeyCodec keys(DeserializationPolicy policy) {
    return keys(namespace("orders", "user"), policy);
  }

  public static KeyCodec keys(Namespace namespace) {
    return keys(namespace, Policies.DEFAULT);
  }

  private static KeyCodec keys(Namespace namespace, DeserializationPolicy policy) {
    return KeyCodec.of(namespace, Policies.settings(), Object.class, Keys::classLoader, policy);
  }

  /** A namespace of the default pattern. */
  public static Namespace namespace(String application, String cache) {
    return Namespace.of(CacheSettings.KEY_PREFIX.defaultValue(), application, cache);
  }

  public static CanonicalCodec canonical() {
    return new CanonicalCodec(serialization());
  }

  public static JavaSerialization serialization() {
    return new JavaSerialization(Keys::classLoader, Policies.DEFAULT);
  }
}
