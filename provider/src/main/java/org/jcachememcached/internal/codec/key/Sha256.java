package org.jcachememcached.internal.codec.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 of what is too long for the wire. Stateless. */
final class Sha256 {

  /** The length of a hash in characters. */
  static final int LENGTH = 43;

  private Sha256() {}

  /** The hash in URL-safe base64 without padding. */
  static String of(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
