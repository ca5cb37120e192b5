package org.jcachememcached.internal.store.memcached;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The hash that divides keys among several servers, as all clients of memcached do: MD5. Some JVMs
 * have none, such as those that are restricted to what FIPS 140 allows; a single server needs none.
 * Thread-safe.
 */
final class KetamaHash {

  private static final String MD5 = "MD5";
  private static final String CLASS_THAT_WANTS_MD5 = "net.spy.memcached.DefaultHashAlgorithm";

  /** Only ever cloned: looking the algorithm up takes longer than hashing a key. */
  private final MessageDigest prototype;

  private KetamaHash(MessageDigest prototype) {
    this.prototype = prototype;
  }

  /**
   * What divides keys among these servers, or null where there is nothing to be divided.
   *
   * @throws StoreException if it is needed and this JVM has none
   */
  static @Nullable KetamaHash forServers(List<Server> servers) {
    if (servers.size() == 1) {
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

  /**
   * Makes the client library usable in a JVM without MD5. A class of it asks for one when it is
   * initialized, and fails for good otherwise, though nothing is ever hashed with it.
   */
  static void initializeLibrary() {
    if (isAvailable()) {
      return;
    }
    Provider substitute = new Substitute();
    Security.addProvider(substitute);
    try {
      Class.forName(CLASS_THAT_WANTS_MD5);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("not the client library that this is made for", e);
    } finally {
      Security.removeProvider(substitute.getName());
    }
  }

  private static boolean isAvailable() {
    try {
      MessageDigest.getInstance(MD5);
      return true;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  /** Has an MD5 that does not hash. */
  private static final class Substitute extends Provider {

    private static final long serialVersionUID = 1L;

    Substitute() {
      super("jcache-memcached", "1", "an MD5 that refuses to hash");
      putService(
          new Service(this, "MessageDigest", MD5, Refusing.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new Refusing();
            }
          });
    }
  }

  private static final class Refusing extends MessageDigestSpi {

    @Override
    protected void engineUpdate(byte input) {
      throw refusal();
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      throw refusal();
    }

    @Override
    protected byte[] engineDigest() {
      throw refusal();
    }

    @Override
    protected void engineReset() {}

    private static UnsupportedOperationException refusal() {
      return new UnsupportedOperationException("this JVM has no MD5");
    }
  }
}
