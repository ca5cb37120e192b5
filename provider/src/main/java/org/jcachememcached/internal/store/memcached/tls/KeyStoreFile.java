package org.jcachememcached.internal.store.memcached.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A configured file of certificates or private keys, PKCS #12 or JKS. Immutable.
 *
 * @param kind what it is called, which is also a part of the names of its settings: {@code
 *     truststore} or {@code keystore}
 * @param path of the file; empty for none
 * @param password of the file; empty if it has none
 */
public record KeyStoreFile(String kind, String path, String password) {

  /** Whether there is one. */
  boolean isGiven() {
    return !path.isEmpty();
  }

  /** The password as the key store API takes it. */
  char[] passphrase() {
    return password.toCharArray();
  }

  /** Reads the file. */
  KeyStore read() throws IOException, GeneralSecurityException {
    // This type reads the older JKS as well.
    KeyStore content = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      content.load(in, password.isEmpty() ? null : passphrase());
    }
    return content;
  }

  /** Describes what has failed while the file was read. */
  StoreException unreadable(Exception cause) {
    return unusable(fault(cause), cause);
  }

  private String fault(Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    boolean isWrongPassword =
        cause instanceof UnrecoverableKeyException
            || cause.getCause() instanceof UnrecoverableKeyException;
    return isWrongPassword ? "the password is wrong" : "it cannot be read";
  }

  /** Describes why the file cannot be used. */
  StoreException unusable(String why, @Nullable Exception cause) {
    String message =
        ("the %1$s '%2$s' (setting 'tls.%1$s.file') cannot be used: %3$s; it must be a file in the"
                + " format PKCS #12 or JKS, with the password of the file and of its keys in"
                + " 'tls.%1$s.password'")
            .formatted(kind, path, why);
    return StoreException.withoutEffect(Reason.REJECTED, message, cause);
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return kind + " '" + path + "'";
  }
}
