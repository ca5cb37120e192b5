package org.jcachememcached.internal.store.memcached.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, which certificates servers may have, and which one the client has.
 * A server's certificate must be for the host name or address that is configured. Thread-safe.
 */
public final class Tls {

  private final TrustManager[] trusted;
  private final KeyManager @Nullable [] keys;
  private final SSLContext shared;

  private Tls(TrustManager[] trusted, KeyManager @Nullable [] keys) {
    this.trusted = trusted;
    this.keys = keys;
    this.shared = newContext();
  }

  /**
   * Encrypts connections.
   *
   * @param truststore the trusted certificates; none for what the JVM trusts
   * @param keystore the private key and certificate that the client presents where a server demands
   *     one; none for no certificate
   * @throws StoreException if a file cannot be used
   */
  public static Tls of(KeyStoreFile truststore, KeyStoreFile keystore) {
    return new Tls(trusted(truststore), keystore.isGiven() ? keys(keystore) : null);
  }

  private static TrustManager[] trusted(KeyStoreFile truststore) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(truststore.isGiven() ? truststore.read() : null);
      return trust.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw truststore.unreadable(e);
    }
  }

  private static KeyManager[] keys(KeyStoreFile keystore) {
    try {
      KeyStore content = keystore.read();
      if (!hasKey(content)) {
        throw keystore.unusable("it contains no private key", null);
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(content, keystore.passphrase());
      return keys.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw keystore.unreadable(e);
    }
  }

  private static boolean hasKey(KeyStore content) throws GeneralSecurityException {
    for (String alias : Collections.list(content.aliases())) {
      if (content.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a new connection is created with. Where the client has a certificate, every connection has
   * a context of its own, because those of one context resume the sessions of one another:
   * memcached cannot resume a session of a client that it has verified, and ends the connection.
   */
  public SSLContext context() {
    return keys == null ? shared : newContext();
  }

  private SSLContext newContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      String message = "this JVM cannot encrypt connections (setting 'tls.enabled'): " + e;
      throw StoreException.withoutEffect(Reason.REJECTED, message, e);
    }
  }

  /** Encrypts a connection; closing what is returned closes it. */
  public Socket encrypt(Socket connection, Server server) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(connection, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
