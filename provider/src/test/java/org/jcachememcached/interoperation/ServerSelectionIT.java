package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.interoperation.ClientProcess.answer;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On several servers, clients in other languages look for a key where Java does. */
class ServerSelectionIT {

  private static final int KEYS = 500;

  private static List<MemcachedServer> servers;

  @BeforeAll
  static void startServers() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
  }

  @AfterAll
  static void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @EnumSource(names = {"PYLIBMC", "PHP_MEMCACHED"})
  void looksForKeysOnServersOfEqualWeight(Client client) {
    assertSameServers(client, JavaSide.addresses(servers, 1, 1, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"PYLIBMC", "PHP_MEMCACHED"})
  void looksForKeysOnServersOfUnequalWeight(Client client) {
    assertSameServers(client, JavaSide.addresses(servers, 1, 2, 5));
  }

  @Test
  void looksForKeysOnUnixSocketsAndPorts(@TempDir Path directory) {
    String socket = directory + "/memcached.sock";
    try (MemcachedServer local = MemcachedServer.startAt(Path.of(socket))) {
      MemcachedServer remote = servers.get(0);
      assertSameServers(
          Client.PHP_MEMCACHED,
          List.of(socket + ":0:2", remote.address() + ":1"),
          List.of(local.address().replace("/", "%2F") + ":2", remote.address() + ":1"),
          List.of(local, remote));
    }
  }

  private static void assertSameServers(Client client, List<String> addresses) {
    assertSameServers(client, addresses, addresses, servers);
  }

  private static void assertSameServers(
      Client client,
      List<String> addresses,
      List<String> addressesInJava,
      List<MemcachedServer> servers) {
    client.requireInstalled();
    List<String> keys = IntStream.range(0, KEYS).mapToObj(Integer::toString).toList();
    try (ClientProcess other = client.start(addresses);
        JavaSide javaSide = new JavaSide(addressesInJava);
        Cache<String, String> users = javaSide.share(client, Sample.ASCII, String.class)) {
      flush(servers);
      keys.forEach(key -> users.put(key, "java"));
      assertThat(keys)
          .allMatch(key -> other.get("user:" + key).equals(answer("text", "java".getBytes(UTF_8))));

      flush(servers);
      keys.forEach(key -> other.set("user:" + key, "text", "other".getBytes(UTF_8)));
      assertThat(keys).allMatch(key -> "other".equals(users.get(key)));
      assertThat(servers).allMatch(ServerSelectionIT::hasItsShare);
    }
  }

  private static void flush(List<MemcachedServer> servers) {
    servers.forEach(server -> server.command("flush_all"));
  }

  private static boolean hasItsShare(MemcachedServer server) {
    return Integer.parseInt(server.stats().get("curr_items")) > KEYS / 50;
  }
}
