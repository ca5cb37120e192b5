package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse a connection, and are usable later. */
class RefusalsIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** One thread, because each takes of the few. */
  private static final String[] CROWDED = {"-c", "20", "-t", "1"};

  @Test
  void serverWithoutRoomForConnectionsIsUsedWhenThereIs() throws IOException {
    List<Socket> strangers = new ArrayList<>();
    try (MemcachedServer server = MemcachedServer.start(CROWDED)) {
      fill(server, strangers);
      try (MemcachedStore store = open(server.port())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(failure(store))
                        .hasMessage(
                            "memcached at %s answered 'ERROR Too many open connections'",
                            server.address())
                        .extracting(StoreException::reason)
                        .isEqualTo(Reason.UNREACHABLE));

        close(strangers);

        awaitAnswer(store);
      }
    } finally {
      close(strangers);
    }
  }

  @Test
  void serverThatIsRestartedWithMoreRoomIsUsed() throws IOException {
    List<Socket> strangers = new ArrayList<>();
    try (MemcachedServer crowded = MemcachedServer.start(CROWDED)) {
      fill(crowded, strangers);
      try (MemcachedStore store = open(crowded.port())) {
        await().untilAsserted(() -> assertThat(failure(store)).hasMessageContaining("Too many"));
        crowded.kill();
        close(strangers);
        try (MemcachedServer roomy = MemcachedServer.startOn(crowded.port())) {
          assertThat(roomy.port()).isEqualTo(crowded.port());
          awaitAnswer(store);
        }
      }
    } finally {
      close(strangers);
    }
  }

  /** Connects until the server refuses: it says so instead of its version, and hangs up. */
  private static void fill(MemcachedServer server, List<Socket> strangers) throws IOException {
    boolean full = false;
    while (!full && strangers.size() < 50) {
      Socket stranger = new Socket(server.host(), server.port());
      strangers.add(stranger);
      try {
        stranger.getOutputStream().write("version\r\n".getBytes(US_ASCII));
        full = stranger.getInputStream().read() != 'V';
      } catch (SocketException hungUp) {
        full = true;
      }
    }
    assertThat(full).isTrue();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void serverThatTakesThePlaceOfOneWithoutCompareAndSetIsUsed() {
    int port = MemcachedServer.freePort();
    try (MemcachedStore store = open(port)) {
      try (MemcachedServer useless = MemcachedServer.startOn(port, "-C")) {
        await().untilAsserted(() -> assertThat(failure(store)).hasMessageContaining("-C"));
        assertThat(useless.port()).isEqualTo(port);
      }
      try (MemcachedServer good = MemcachedServer.startOn(port)) {
        assertThat(good.port()).isEqualTo(port);
        awaitAnswer(store);
      }
    }
  }

  /** The connection stays open, so only time shows it. */
  @Test
  void serverThatIsUpgradedBehindItsAddressIsUsed() throws IOException {
    try (UpgradedServer server = new UpgradedServer();
        MemcachedStore store = open(server.port())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(failure(store))
                      .hasMessageContaining("1.5.22")
                      .hasMessageContaining("1.6.18")
                      .extracting(StoreException::reason)
                      .isEqualTo(Reason.PROTOCOL));

      server.version = "1.6.18";

      await().untilAsserted(() -> assertThat(server.handshakesOfNew).isPositive());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void otherKindOfServerIsQuotedAndSeldomAsked(boolean closes) throws IOException {
    try (UpgradedServer server = new UpgradedServer()) {
      server.closes = closes;
      server.answer = "-ERR unknown command 'version'\r\n";
      try (MemcachedStore store = open(server.port())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(failure(store))
                        .hasMessageContaining("answered '-ERR unknown command 'version''")
                        .extracting(StoreException::reason)
                        .isEqualTo(Reason.PROTOCOL));

        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);

        assertThat(server.connections).isBetween(2, 4);
      }
    }
  }

  /** Answers every handshake with a version, or with something else. */
  private static final class UpgradedServer implements AutoCloseable {

    private final ServerSocket acceptor = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new ArrayList<>();
    private volatile String version = "1.5.22";
    private volatile String answer = "";
    private volatile boolean closes;
    private volatile int connections;
    private volatile int handshakesOfNew;

    UpgradedServer() throws IOException {
      Thread thread = new Thread(this::accept, "fake memcached");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return acceptor.getLocalPort();
    }

    private void accept() {
      try {
        for (int i = 1; ; i++) {
          Socket socket = acceptor.accept();
          sockets.add(socket);
          socket.getInputStream().read(new byte[100]);
          String settings = "STAT item_size_max 1048576\r\nEND\r\n";
          String now = answer.isEmpty() ? "VERSION " + version + "\r\n" + settings : answer;
          socket.getOutputStream().write(now.getBytes(US_ASCII));
          connections = i;
          if (closes) {
            socket.close();
          }
          if (version.equals("1.6.18")) {
            handshakesOfNew = i;
          }
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    @Override
    public void close() throws IOException {
      acceptor.close();
      RefusalsIT.close(sockets);
    }
  }

  private static MemcachedStore open(int port) {
    List<Server> servers = List.of(new Server("127.0.0.1", port, 1));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(TIMEOUT), InstantSource.system());
  }

  private static StoreException failure(MemcachedStore store) {
    Reply reply = store.send(List.of(new Command.Get("a"))).join().get(0);
    return Objects.requireNonNull(reply.failure(), () -> "answered with " + reply);
  }

  private static void awaitAnswer(MemcachedStore store) {
    await()
        .until(() -> store.send(List.of(new Command.Get("a"))).join().get(0).equals(Reply.ABSENT));
  }
}
