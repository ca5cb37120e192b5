package org.jcachememcached.internal.config.type;

import java.util.Set;

/** The name of a built-in codec, or of a class that implements one. Immutable. */
public record CodecType() implements ValueType<String> {

  private static final Set<String> KNOWN = Set.of("java", "string", "bytes", "json");

  @Override
  public String parse(String text) {
    return KNOWN.contains(text) ? text : ClassNameType.nameIn(text);
  }

  @Override
  public String allowed() {
    return "java, string, bytes, json or the full name of a class that implements ValueCodec";
  }
}
