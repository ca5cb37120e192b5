package org.jcachememcached.internal.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The name of a codec, or of a class that is one. Immutable. */
record CodecType() implements ValueType<String> {

  @Override
  public String parse(String text) {
    return BuiltInCodec.named(text) != null ? text : ClassNameType.nameIn(text);
  }

  @Override
  public String allowed() {
    return Arrays.stream(BuiltInCodec.values())
            .map(String::valueOf)
            .collect(Collectors.joining(", "))
        + " or the full name of a class that implements ValueCodec";
  }
}
