package org.jcachememcached.elasticache;

import static org.jcachememcached.testing.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;

/**
 * A real memcached process on 127.0.0.1 that speaks nothing but TLS (its option {@code -Z}), and
 * may demand a certificate of its clients. Not thread-safe.
 */
final class TlsServer implements AutoCloseable {

  private final SelfSigned certificate;
  private final @Nullable SelfSigned client;
  private final int port = MemcachedServer.freePort();
  private Process process;

  private TlsServer(SelfSigned certificate, @Nullable SelfSigned client) throws IOException {
    this.certificate = certificate;
    this.client = client;
    this.process = launch();
  }

  /** Starts a server that answers when this method returns. */
  static TlsServer start(SelfSigned certificate) throws IOException {
    return started(new TlsServer(certificate, null));
  }

  /** Starts a server that accepts nothing but connections of clients with a certificate. */
  static TlsServer demanding(SelfSigned client, SelfSigned certificate) throws IOException {
    return started(new TlsServer(certificate, client));
  }

  private static TlsServer started(TlsServer server) {
    server.awaitAnswer();
    return server;
  }

  private Process launch() throws IOException {
    String files =
        "ssl_chain_cert=%s,ssl_key=%s"
            .formatted(certificate.certificateFile(), certificate.keyFile());
    if (client != null) {
      files += ",ssl_ca_cert=%s,ssl_verify_mode=2".formatted(client.certificateFile());
    }
    return new ProcessBuilder(
            List.of(
                "memcached",
                "-l",
                "127.0.0.1",
                "-U",
                "0",
                "-p",
                Integer.toString(port),
                "-u",
                System.getProperty("user.name"),
                "-Z",
                "-o",
                files))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitAnswer() {
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> command("version").startsWith("VERSION"));
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Sends one line over TLS and returns the first line of the answer. */
  String command(String line) throws Exception {
    try (Socket socket = context().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private SSLContext context() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(read(certificate.truststoreFile()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(client == null ? null : keys(client), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keys(SelfSigned client) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(read(client.keystoreFile()), SelfSigned.PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }

  private static KeyStore read(Path file) throws Exception {
    KeyStore content = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      content.load(in, SelfSigned.PASSWORD.toCharArray());
    }
    return content;
  }

  /** Ends the process at once and starts an empty one on the same port. */
  void restart() throws Exception {
    close();
    process = launch();
    awaitAnswer();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
