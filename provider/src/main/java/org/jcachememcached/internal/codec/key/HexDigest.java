package org.jcachememcached.internal.codec.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A message digest of this JVM, in hexadecimal. Thread-safe. */
final class HexDigest {

  private final String algorithm;
  private final int length;

  /**
   * @param algorithm its name, as in {@link MessageDigest#getInstance(String)}
   * @throws IllegalArgumentException if this JVM does not have it
   */
  HexDigest(String algorithm) {
    this.algorithm = algorithm;
    this.length = of(new byte[0]).length();
  }

  /** The length of each hash in characters. */
  int length() {
    return length;
  }

  String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("This JVM has no message digest " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return algorithm;
  }
}
