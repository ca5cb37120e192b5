package org.jcachememcached.internal.store.memcached.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;

/**
 * How connections are encrypted, and which certificates servers may have. A server's certificate
 * must be for the host name or address that is configured. Thread-safe.
 */
public final class Tls {

  private final SSLContext context;

  private Tls(SSLContext context) {
    this.context = context;
  }

  /**
   * Trusts the certificates in a file.
   *
   * @param truststore a PKCS #12 or JKS file; empty for what the JVM trusts
   * @param password of that file; empty if it has none
   * @throws StoreException if the file cannot be read
   */
  public static Tls trusting(String truststore, String password) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(truststore.isEmpty() ? null : read(truststore, password));
      context.init(null, trust.getTrustManagers(), null);
      return new Tls(context);
    } catch (IOException | GeneralSecurityException e) {
      String message =
          "the truststore '%s' (setting 'tls.truststore.file') cannot be read; it must be a file"
              + " of certificates in the format PKCS #12 or JKS, with its password in"
              + " 'tls.truststore.password'";
      throw StoreException.withoutEffect(Reason.REJECTED, message.formatted(truststore), e);
    }
  }

  private static KeyStore read(String truststore, String password)
      throws IOException, GeneralSecurityException {
    // This type reads the older JKS as well.
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(truststore))) {
      certificates.load(in, password.isEmpty() ? null : password.toCharArray());
    }
    return certificates;
  }

  /** What connections of the client are created with. */
  public SSLContext context() {
    return context;
  }

  /** Encrypts a connection; closing what is returned closes it. */
  public Socket encrypt(Socket connection, Server server) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            context.getSocketFactory().createSocket(connection, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
