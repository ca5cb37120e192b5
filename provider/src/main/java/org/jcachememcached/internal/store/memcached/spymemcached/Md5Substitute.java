package org.jcachememcached.internal.store.memcached.spymemcached;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * Makes the client library usable in a JVM without MD5. A class of it requires MD5 when it is
 * initialized, and fails permanently otherwise, though nothing is ever hashed with it. Stateless.
 */
final class Md5Substitute {

  private static final String MD5 = "MD5";
  private static final String CLASS_THAT_REQUIRES_MD5 = "net.spy.memcached.DefaultHashAlgorithm";

  private Md5Substitute() {}

  static void initializeLibrary() {
    if (isAvailable()) {
      return;
    }
    Provider substitute = new Substitute();
    Security.addProvider(substitute);
    try {
      Class.forName(CLASS_THAT_REQUIRES_MD5);
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
