package org.jcachememcached.internal.config.type;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The name of a built-in codec, or of a class that implements one. Immutable. */
public record CodecType() implements ValueType<String> {

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
