package org.jcachememcached.internal.config;

import java.util.Set;

/** The name of a codec, or of a class that is one. Immutable. */
record CodecType() implements ValueType<String> {

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
