package org.jcachememcached.frameworks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.TextClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A memcached for each test of a class, which {@code caches.conf} finds by the system property
 * {@value #PROPERTY}. It ends with the test, also where an application did not start. Not
 * thread-safe.
 */
final class ShopServer implements BeforeEachCallback, AfterEachCallback {

  static final String PROPERTY = "shop.memcached";

  private @Nullable MemcachedServer running;

  @Override
  public void beforeEach(ExtensionContext test) {
    running = MemcachedServer.start();
    System.setProperty(PROPERTY, address());
  }

  String address() {
    return server().address();
  }

  /** The keys on the server that begin so. */
  List<String> keys(String prefix) {
    try (TextClient client = new TextClient(server().socketAddress())) {
      client.send("lru_crawler metadump hash\r\n");
      return Stream.generate(client::readLine)
          .takeWhile(line -> !line.equals("END"))
          .filter(line -> line.startsWith("key="))
          .map(line -> line.substring("key=".length(), line.indexOf(' ')))
          .map(key -> URLDecoder.decode(key, StandardCharsets.UTF_8))
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** When the server itself forgets an entry, in seconds from now; -1 for never. */
  int secondsToLive(String key) {
    String answer = server().command("mg " + key + " t");
    return Integer.parseInt(answer.substring("HD t".length()));
  }

  @Override
  public void afterEach(ExtensionContext test) {
    System.clearProperty(PROPERTY);
    server().close();
  }

  private MemcachedServer server() {
    return Objects.requireNonNull(running, "no test is running");
  }
}
