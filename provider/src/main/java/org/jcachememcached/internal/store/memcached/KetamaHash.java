package org.jcachememcached.internal.store.memcached;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The hash that divides keys among several servers, in all clients of memcached: MD5. Some JVMs do
 * not have it, such as those that are restricted to what FIPS 140 allows; a single server does not
 * need it. Thread-safe.
 */
final class KetamaHash {

  private static final String MD5 = "MD5";

  /** Only ever cloned: looking the algorithm up takes longer than hashing a key. */
  private final MessageDigest prototype;

  private KetamaHash(MessageDigest prototype) {
    this.prototype = prototype;
  }

  /**
   * The hash that divides keys among these servers, or null for a single server at most.
   *
   * @throws StoreException if it is needed and this JVM has none
   */
  static @Nullable KetamaHash forServers(List<Server> servers) {
    if (servers.size() <= 1) {
      return null;
    }
    try {
      return new KetamaHash(MessageDigest.getInstance(MD5));
    } catch (NoSuchAlgorithmException e) {
      String message =
          "this JVM has no %s, which is needed to divide keys among the %d servers %s; allowed is a single server, or a JVM with a security provider for it (setting 'servers')"
              .formatted(MD5, servers.size(), servers);
      throw StoreException.withoutEffect(Reason.PROTOCOL, message, e);
    }
  }

  byte[] of(String text) {
    try {
      MessageDigest digest = (MessageDigest) prototype.clone();
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this platform's MD5 cannot be cloned", e);
    }
  }
}
