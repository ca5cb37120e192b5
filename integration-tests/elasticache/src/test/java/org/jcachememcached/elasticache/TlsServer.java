package org.jcachememcached.elasticache;

import static org.jcachememcached.testing.Patience.await;


import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jcachememcached.testing.MemcachedServer;

/**
 * A real memcached process on 127.0.0.1 that speaks nothing but TLS (its option {@code -Z}). Not
 * thread-safe.
 */
final class TlsServer implements AutoCloseable {

  private final SelfSigned certificate;
  private final int port = MemcachedServer.freePort();
  private Process process;

  private TlsServer(SelfSigned certificate) throws IOException {
    this.certificate = certificate;
    this.process = launch();
  }

  /** Starts a server that answers when this method returns. */
  static TlsServer start(SelfSigned certificate) throws IOException {
    TlsServer server = new TlsServer(certificate);
    server.awaitAnswer();
    return server;
  }

  private Process launch() throws IOException {
    String files =
        "ssl_chain_cert=%s,ssl_key=%s"
            .formatted(certificate.certificateFile(), certificate.keyFile());
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
        .ignoreException(IOException.class)
        .until(() -> command("version").startsWith("VERSION"));
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
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(certificate.truststoreFile().toFile())) {
      trusted.load(in, SelfSigned.PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
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
