package org.jcachememcached.internal.store.memcached.discovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.config.ServerSource.ConfigurationEndpoint;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.jcachememcached.internal.config.ServerSource.DnsServices;
import org.jcachememcached.internal.config.ServerSource.Listed;
import org.jcachememcached.internal.config.ServerSource.ServerFile;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.testing.ConfigurationResponder;
import org.jcachememcached.testing.DnsResponder;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each source of servers, followed as it changes, falls silent, lies and comes back. */
class DiscoveryIT {

  private static final Server A = new Server("127.0.0.1", 7, 1);
  private static final Server B = new Server("127.0.0.2", 7, 1);
  private static final Server C = new Server("127.0.0.3", 7, 2);

  private final LinkedBlockingQueue<List<Server>> changes = new LinkedBlockingQueue<>();
  private final DnsResponder dns = DnsResponder.start();
  private final ConfigurationResponder endpoint = ConfigurationResponder.start();
  private @Nullable Discovery discovery;

  @AfterEach
  void end() {
    if (discovery != null) {
      discovery.close();
    }
    dns.close();
    endpoint.close();
  }

  private Discovery discover(ServerSource source, Duration refresh, Duration timeout) {
    DiscoveryOptions options =
        new DiscoveryOptions(
            refresh, timeout, Optional.of(new TcpPort("127.0.0.1", dns.port())), null, null);
    Discovery created = new Discovery(source, options, changes::add);
    discovery = created;
    return created;
  }

  /** A discovery that asks ten times a second. */
  private Discovery discover(ServerSource source) {
    return discover(source, Duration.ofMillis(100), Duration.ofSeconds(1));
  }

  private ServerSource endpointSource() {
    return new ConfigurationEndpoint(new TcpPort("127.0.0.1", endpoint.port()));
  }

  private void awaitChange(Server... servers) {
    await().until(() -> changes.contains(List.of(servers)));
    changes.clear();
  }

  private static void awaitFailure(Discovery discovery, String reason) {
    await().until(() -> String.valueOf(discovery.failure()).endsWith(reason));
  }

  private static void awaitEnd(Discovery discovery) {
    await().until(() -> discovery.failure() == null);
  }

  @Test
  void addresses() {
    dns.answer(List.of(B, A));
    Discovery followed = discover(new DnsAddresses("cache.example", 11211));

    assertThat(followed.ask())
        .map(Server::toString)
        .containsExactly("127.0.0.1:11211", "127.0.0.2:11211");
    followed.follow();
    dns.answer(List.of(C));
    awaitChange(new Server("127.0.0.3", 11211, 1));

    dns.noSuchName();
    awaitFailure(followed, "cannot be asked: there is no such name in the DNS");
    dns.answer(List.of());
    awaitFailure(followed, "names no server");
    dns.answer(List.of(C));
    awaitEnd(followed);
    assertThat(changes).isEmpty();
  }

  @Test
  void addressesBehindAnAlias() {
    dns.answerAliased(List.of(B, A));

    assertThat(discover(new DnsAddresses("cache.example", 7)).ask()).containsExactly(A, B);
  }

  @Test
  void servicesBehindAnAlias() {
    dns.answerAliased(List.of(B, A));

    assertThat(discover(new DnsServices("_memcached._tcp.cache.example")).ask())
        .containsExactly(A, B);
  }

  @Test
  void addressesOfIpv6() {
    dns.answer(List.of(new Server("2001:db8::1", 1, 1)));
    Discovery followed = discover(new DnsAddresses("cache.example", 11211));

    assertThat(followed.ask())
        .map(Server::toString)
        .containsExactly("[2001:db8:0:0:0:0:0:1]:11211");
  }

  @Test
  void services() {
    dns.answer(10, List.of(C, new Server("cache-1.example", 11211, 4)));
    Discovery followed = discover(new DnsServices("_memcached._tcp.cache.example"));

    assertThat(followed.ask())
        .map(Server::toString)
        .containsExactly("127.0.0.3:7", "cache-1.example:11211:2");
    followed.follow();
    dns.answer(List.of(A, B));
    awaitChange(A, B);
  }

  @Test
  void moreServicesThanFitIntoAPacket() {
    List<Server> many =
        IntStream.range(0, 200)
            .mapToObj(i -> new Server("cache-%03d.example".formatted(i), 11211, 1))
            .toList();
    dns.answer(many);

    assertThat(discover(new DnsServices("_memcached._tcp.cache.example")).ask()).isEqualTo(many);
  }

  @Test
  void dnsServerThatAnswersGarbage() {
    dns.answer(List.of(A));
    Discovery followed = discover(new DnsServices("_memcached._tcp.cache.example"));
    assertThat(followed.ask()).containsExactly(A);
    followed.follow();

    for (String garbage :
        List.of("", "x", "\u0080\u0080\0\1\0\1", "\u0080\u0080" + "\u00ff".repeat(500))) {
      dns.garbage(garbage.getBytes(ISO_8859_1));
      await().until(() -> followed.failure() != null);
      dns.answer(List.of(A));
      awaitEnd(followed);
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void dnsServerThatIsSilent() throws Exception {
    undisturbed(this::assertThatSilenceOfTheDnsIsBounded);
  }

  private void assertThatSilenceOfTheDnsIsBounded() {
    dns.silence();
    Discovery followed =
        discover(
            new DnsServices("_memcached._tcp.cache.example"),
            Duration.ofMillis(100),
            Duration.ofMillis(300));

    long begin = System.nanoTime();
    assertThat(followed.ask()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

    followed.follow();
    awaitFailure(followed, "does not answer within 300 ms (setting 'timeout')");
    dns.answer(List.of(A));
    awaitChange(A);
    assertThat(followed.failure()).isNull();
    followed.close();
  }

  @Test
  void configurationEndpoint() {
    endpoint.answer(List.of(B, A));
    Discovery followed = discover(endpointSource());

    assertThat(followed.ask()).containsExactly(A, B);
    followed.follow();
    endpoint.answer(List.of(new Server("cache-1.example", 11211, 1)));
    awaitChange(new Server("cache-1.example", 11211, 1));

    endpoint.answer(1, List.of(A));
    awaitFailure(followed, "answered with version 1 of the nodes, after version 2");
    endpoint.answer(3, List.of());
    awaitFailure(followed, "names no server");
    endpoint.garbage("CONFIG cluster 0 8\r\n4\na||0\n\r\nEND\r\n");
    awaitFailure(followed, "must be host|ip|port");
    endpoint.garbage("ERROR\r\n");
    awaitFailure(followed, "so it is no configuration endpoint");
    endpoint.garbage("x".repeat(100_000));
    awaitFailure(followed, "to 'config get cluster'");
    assertThat(changes).isEmpty();
    endpoint.answer(4, List.of(A));
    awaitChange(A);
  }

  @Test
  void memcachedOfItsOwnIsNoConfigurationEndpoint() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Discovery followed =
          discover(new ConfigurationEndpoint(new TcpPort("127.0.0.1", server.port())));

      assertThat(followed.ask()).isEmpty();
      assertThat(followed.failure())
          .isEqualTo(
              "elasticache:127.0.0.1:%d (setting 'servers') answered 'ERROR' to 'config get"
                  + " cluster', so it is no configuration endpoint",
              server.port());
    }
  }

  @Test
  void configurationEndpointThatIsSilent() throws Exception {
    undisturbed(this::assertThatSilenceOfTheEndpointIsBounded);
  }

  private void assertThatSilenceOfTheEndpointIsBounded() {
    endpoint.silence();
    Discovery followed = discover(endpointSource(), Duration.ofMillis(100), Duration.ofMillis(300));

    long begin = System.nanoTime();
    assertThat(followed.ask()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    awaitFailure(followed, "does not answer within 300 ms (setting 'timeout')");

    begin = System.nanoTime();
    followed.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(300));
    assertThat(followed.failure()).endsWith("does not answer within 300 ms (setting 'timeout')");
  }

  @Test
  void aNodeAnswersForAnEndpointThatIsGone() {
    try (ConfigurationResponder node = ConfigurationResponder.start()) {
      Server first = new Server("127.0.0.1", node.port(), 1);
      endpoint.answer(List.of(first));
      node.answer(2, List.of(A));
      Discovery followed = discover(endpointSource());
      assertThat(followed.ask()).containsExactly(first);
      followed.follow();

      endpoint.close();
      awaitChange(A);
    }
  }

  @Test
  void configurationEndpointWithAuthentication() {
    endpoint.answer(List.of(A));
    DiscoveryOptions options =
        new DiscoveryOptions(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Optional.empty(),
            new Credentials("app", "secret"),
            null);
    Discovery followed = new Discovery(endpointSource(), options, changes::add);
    discovery = followed;

    assertThat(followed.ask()).containsExactly(A);
  }

  @Test
  void file(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("servers");
    Files.writeString(file, "127.0.0.3:7:2 # c\n127.0.0.1:7\n");
    Discovery followed =
        discover(new ServerFile(file.toString()), Duration.ofDays(1), Duration.ofSeconds(1));

    assertThat(followed.ask()).containsExactly(C, A);
    followed.follow();
    Files.writeString(file, "127.0.0.2:7\n");
    awaitChange(B);
    Files.delete(file);
    awaitFailure(followed, "does not exist");
    assertThat(changes).isEmpty();
  }

  @Test
  void aListIsNotAsked() {
    Discovery followed = discover(new Listed(List.of(B, A)));

    assertThat(followed.ask()).containsExactly(B, A);
    followed.follow();
    followed.askSoon();
    assertThat(threads(new Listed(List.of(B, A)))).isZero();
  }

  @Test
  void isAskedSoonOnRequest() {
    dns.answer(List.of(A));
    Discovery followed =
        discover(new DnsServices("_a._tcp.b"), Duration.ofDays(1), Duration.ofSeconds(1));
    assertThat(followed.ask()).containsExactly(A);
    followed.follow();
    dns.answer(List.of(B));

    for (int i = 0; i < 1000; i++) {
      followed.askSoon();
    }

    awaitChange(B);
    assertThat(dns.questions()).isLessThanOrEqualTo(3);
  }

  @Test
  void theThreadSurvivesEverythingAndEndsWhenClosed() throws Exception {
    dns.answer(List.of(A));
    CountDownLatch failures = new CountDownLatch(3);
    AtomicReference<@Nullable Error> failure =
        new AtomicReference<>(new StackOverflowError("of the test"));
    DnsServices source = new DnsServices("_survives._tcp.example");
    Discovery followed =
        new Discovery(
            source,
            new DiscoveryOptions(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Optional.of(new TcpPort("127.0.0.1", dns.port())),
                null,
                null),
            servers -> {
              failures.countDown();
              Error thrown = failure.get();
              if (thrown != null) {
                throw thrown;
              }
              changes.add(servers);
            });
    discovery = followed;
    assertThat(followed.ask()).containsExactly(A);
    followed.follow();
    dns.answer(List.of(B));
    failures.await();
    failure.set(null);

    awaitChange(B);
    assertThat(threads(source)).isEqualTo(1);
    followed.close();
    await().until(() -> threads(source) == 0);
    dns.answer(List.of(C));
    assertThat(changes).isEmpty();
  }

  private static long threads(ServerSource source) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("asks " + source))
        .count();
  }
}
