package org.jcachememcached.internal.config.type;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The name of a message digest that this JVM supports. Immutable. */
public record DigestType() implements ValueType<String> {

  @Override
  public String parse(String text) {
    try {
      return MessageDigest.getInstance(text).getAlgorithm();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public String allowed() {
    return "a message digest that this JVM knows, such as SHA-256, SHA-512/256 or MD5";
  }
}
