package org.jcachememcached.internal.store.memcached.spymemcached;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import net.spy.memcached.MemcachedNode;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the AWS client's nodes can do and spymemcached's cannot. This is the only place that asks
 * which of the two is on the class path; everything else is compiled against what both have.
 * Stateless.
 */
public final class ClientTls {

  private static final @Nullable MethodHandle HANDSHAKE =
      find("doTlsHandshake", methodType(boolean.class, long.class));

  private static final @Nullable MethodHandle DECRYPT =
      find("decryptNextTLSDataRecord", methodType(ByteBuffer.class, ByteBuffer.class));

  private ClientTls() {}

  private static @Nullable MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findVirtual(MemcachedNode.class, name, type);
    } catch (NoSuchMethodException | IllegalAccessException spymemcached) {
      return null;
    }
  }

  /**
   * Checks that the client on the class path can encrypt connections.
   *
   * @throws StoreException if it cannot
   */
  public static void requireAvailable() {
    if (HANDSHAKE == null || DECRYPT == null) {
      String message =
          "TLS (setting 'tls.enabled') needs %s on the class path in place of net.spy:spymemcached; the client that is there is in %s"
              .formatted(OptionalLibrary.AWS_CLIENT, OptionalLibrary.AWS_CLIENT.location());
      throw StoreException.withoutEffect(Reason.REJECTED, message, null);
    }
  }

  /**
   * Performs the TLS handshake with the server, in the calling thread.
   *
   * @param timeoutMillis after which it fails
   * @return whether it succeeded
   */
  static boolean handshake(MemcachedNode node, long timeoutMillis) throws IOException {
    return (boolean) call(HANDSHAKE, node, timeoutMillis);
  }

  /**
   * Decrypts the next record.
   *
   * @return its plain text, valid until the next call, or null if the record is not complete yet
   */
  static @Nullable ByteBuffer decrypt(MemcachedNode node, ByteBuffer encrypted) throws IOException {
    return (ByteBuffer) call(DECRYPT, node, encrypted);
  }

  private static Object call(@Nullable MethodHandle method, MemcachedNode node, Object argument)
      throws IOException {
    if (method == null) {
      throw new IllegalStateException("the client on the class path has no TLS");
    }
    try {
      return method.invoke(node, argument);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new IOException(undeclared);
    }
  }
}
