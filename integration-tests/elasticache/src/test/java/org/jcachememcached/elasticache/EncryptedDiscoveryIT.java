package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.ServerSource.ConfigurationEndpoint;
import org.jcachememcached.internal.store.memcached.discovery.Discovery;
import org.jcachememcached.internal.store.memcached.discovery.DiscoveryOptions;
import org.jcachememcached.internal.store.memcached.tls.KeyStoreFile;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A configuration endpoint is asked over TLS. The server is a memcached, which has no list of
 * nodes: that it says so shows that it has understood the question.
 */
class EncryptedDiscoveryIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static SelfSigned certificate;
  private static SelfSigned other;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    certificate = SelfSigned.of("ip:127.0.0.1", directory.resolve("trusted"));
    other = SelfSigned.of("dns:other.example", directory.resolve("other"));
  }

  @Test
  void asksOverTls() throws Exception {
    try (TlsServer server = TlsServer.start(certificate);
        Discovery discovery = discovery(server, certificate)) {
      assertFails(discovery, "answered 'ERROR' to 'config get cluster'");
    }
  }

  @Test
  void presentsACertificate() throws Exception {
    try (TlsServer server = TlsServer.demanding(certificate, certificate);
        Discovery discovery = discovery(server, certificate)) {
      assertFails(discovery, "answered 'ERROR' to 'config get cluster'");
    }
  }

  @Test
  void refusesACertificateThatIsNotTrusted() throws Exception {
    try (TlsServer server = TlsServer.start(certificate);
        Discovery discovery = discovery(server, other)) {
      assertFails(discovery, "SSLHandshakeException");
    }
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    try (TlsServer server = TlsServer.start(other);
        Discovery discovery = discovery(server, other)) {
      assertFails(discovery, "SSLHandshakeException");
    }
  }

  @Test
  void aSilentHandshakeIsBounded() throws Exception {
    try (SilentServer server = SilentServer.start();
        Discovery discovery = discovery(server.address(), certificate, Duration.ofMillis(200))) {
      assertFails(discovery, "does not answer within 200 ms (setting 'timeout')");
    }
  }

  private static void assertFails(Discovery discovery, String reason) {
    assertThat(discovery.ask()).isEmpty();
    await().until(() -> String.valueOf(discovery.failure()).contains(reason));
  }

  private static Discovery discovery(TlsServer server, SelfSigned trusted) {
    return discovery(server.address(), trusted, TIMEOUT);
  }

  private static Discovery discovery(String address, SelfSigned trusted, Duration timeout) {
    TcpPort endpoint =
        new TcpPort("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    Tls tls =
        Tls.of(
            new KeyStoreFile(
                "truststore", trusted.truststoreFile().toString(), SelfSigned.PASSWORD),
            new KeyStoreFile("keystore", trusted.keystoreFile().toString(), SelfSigned.PASSWORD));
    return new Discovery(
        new ConfigurationEndpoint(endpoint),
        new DiscoveryOptions(Duration.ofSeconds(1), timeout, Optional.empty(), null, tls),
        servers -> {});
  }
}
