package org.jcachememcached.internal.config.type;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The value codecs of the provider, as the setting {@code codec} names them. Immutable. */
public enum BuiltInCodec {
  /** Java serialization, with short forms for simple types. */
  JAVA,
  /** Text, or the digits of whole numbers. */
  STRING,
  /** Bytes as they are. */
  BYTES,
  /** JSON. */
  JSON;

  private static final Map<String, BuiltInCodec> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(BuiltInCodec::toString, Function.identity()));

  /** The codec of that name, or null if the provider has none. */
  public static @Nullable BuiltInCodec named(String name) {
    return BY_NAME.get(name);
  }

  /** The name in the setting. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
