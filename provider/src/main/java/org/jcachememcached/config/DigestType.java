package org.jcachememcached.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Security;

/** The name of a message digest that this JVM knows. Immutable. */
record DigestType() implements ValueType<String> {

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
    return "a message digest of this JVM, one of " + Security.getAlgorithms("MessageDigest");
  }
}
