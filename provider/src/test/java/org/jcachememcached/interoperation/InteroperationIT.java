package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.JavaValueCodec;
import org.jcachememcached.codec.PackedValue;
import org.jcachememcached.codec.ValueCodec;
import org.jcachememcached.codec.ValueFormat;
import org.jcachememcached.codec.foreign.BareFormat;
import org.jcachememcached.codec.foreign.WrittenJson;
import org.jcachememcached.config.Server;
import org.jcachememcached.config.Settings;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoredItem;
import org.jcachememcached.store.memcached.MemcachedStore;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exchanges values with clients in other languages, and compares what works with the table in
 * {@code docs/interoperation.md}.
 */
class InteroperationIT {

  private static final Path PAGE = Path.of("..", "docs", "interoperation.md");
  private static final int KEYS = 500;

  private static final List<MemcachedServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void startServers() {
    for (int i = 0; i < 3; i++) {
      SERVERS.add(MemcachedServer.start());
    }
  }

  @AfterAll
  static void stopServers() {
    SERVERS.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @EnumSource
  void exchangesWhatThePageSays(Client client) throws IOException {
    requireInstalled(client);
    List<Server> servers = servers(1);
    try (ClientProcess other = client.start(addresses(servers));
        EntryStore store = open(servers)) {
      String written =
          row(client, "Java writes", sample -> isRead(client, sample, other, store))
              + cell(isCountedByOther(client, other, store));
      String read =
          row(client, "Java reads", sample -> isWritten(client, sample, other, store))
              + cell(isCountedByJava(client, other, store));

      System.out.println(written + "\n" + read);
      assertThat(Files.readAllLines(PAGE)).contains(written, read);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PYLIBMC", "PHP_MEMCACHED"})
  void looksForKeysOnTheSameServers(Client client) {
    requireInstalled(client);
    assertSameServers(client, servers(1, 1, 1));
    assertSameServers(client, servers(1, 2, 5));
  }

  private static void requireInstalled(Client client) {
    assumeTrue(
        client.isInstalled(),
        () -> client + " is not installed; its package is called " + client.debianPackage());
  }

  // One cell each

  private static boolean isRead(
      Client client, Sample sample, ClientProcess other, EntryStore store) {
    ValueFormat format = format(client, sample);
    return sample
        .examples()
        .allMatch(
            value -> {
              set(store, "user:a", format, value);
              String expected =
                  ClientProcess.answer(sample.kindToRead(client), Sample.bytes(value));
              return other.get("user:a").equals(expected);
            });
  }

  private static boolean isWritten(
      Client client, Sample sample, ClientProcess other, EntryStore store) {
    ValueFormat format = format(client, sample);
    return sample
        .examples()
        .allMatch(
            value -> {
              boolean stored = other.set("user:b", sample.kindToWrite(client), Sample.bytes(value));
              return stored && Sample.same(value, get(store, "user:b", format));
            });
  }

  private static boolean isCountedByOther(Client client, ClientProcess other, EntryStore store) {
    ValueFormat format = format(client, Sample.NUMBERS);
    set(store, "user:n", format, 41L);
    String expected = ClientProcess.answer("int", Sample.bytes(42L));
    return other.increment("user:n").equals(expected)
        && Long.valueOf(42).equals(get(store, "user:n", format));
  }

  private static boolean isCountedByJava(Client client, ClientProcess other, EntryStore store) {
    ValueFormat format = format(client, Sample.NUMBERS);
    other.set("user:n", "int", Sample.bytes(41L));
    Long counted = (Long) get(store, "user:n", format) + 1;
    set(store, "user:n", format, counted);
    return other.get("user:n").equals(ClientProcess.answer("int", Sample.bytes(42L)));
  }

  private static String row(Client client, String direction, Predicate<Sample> works) {
    return Stream.of(Sample.values())
        .map(sample -> cell(works.test(sample)))
        .collect(Collectors.joining("", "| " + client.label() + " | " + direction + " |", ""));
  }

  private static String cell(boolean works) {
    return works ? " yes |" : " no |";
  }

  // Java's side

  private static void set(EntryStore store, String key, ValueFormat format, Object value) {
    PackedValue packed = format.seal(value, Item.FOREVER, 1, null);
    Item item = new Item(packed.flags(), packed.data(), Item.FOREVER);
    assertThat(send(store, new Command.Set(key, item))).isEqualTo(Reply.DONE);
  }

  private static @Nullable Object get(EntryStore store, String key, ValueFormat format) {
    StoredItem item = requireNonNull(send(store, new Command.Get(key)).item());
    try {
      return format.open(item.flags(), item.data(), item.keepUntil()).value();
    } catch (CodecException e) {
      return null;
    }
  }

  private static Reply send(EntryStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static ValueFormat format(Client client, Sample sample) {
    Settings settings =
        Settings.read(
            URI.create("memory:test?" + sample.settings(client)),
            new Properties(),
            Map.of(),
            InteroperationIT.class.getClassLoader());
    ValueCodec codec =
        sample == Sample.JSON
            ? new WrittenJson()
            : new JavaValueCodec(InteroperationIT.class::getClassLoader);
    return BareFormat.of(settings, codec, sample.type());
  }

  // Servers

  private static void assertSameServers(Client client, List<Server> servers) {
    ValueFormat format = format(client, Sample.ASCII);
    List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "user:" + i).toList();
    try (ClientProcess other = client.start(addresses(servers));
        EntryStore store = open(servers)) {
      keys.forEach(key -> set(store, key, format, "java"));
      assertThat(keys)
          .allMatch(
              key -> other.get(key).equals(ClientProcess.answer("text", "java".getBytes(UTF_8))));

      SERVERS.forEach(server -> server.command("flush_all"));
      keys.forEach(key -> other.set(key, "text", "other".getBytes(UTF_8)));
      assertThat(keys).allMatch(key -> "other".equals(get(store, key, format)));
      assertThat(SERVERS)
          .allMatch(server -> Integer.parseInt(server.stats().get("curr_items")) > KEYS / 50);
    }
  }

  private static List<Server> servers(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> new Server(SERVERS.get(i).host(), SERVERS.get(i).port(), weights[i]))
        .toList();
  }

  private static List<String> addresses(List<Server> servers) {
    return servers.stream().map(s -> s.host() + ":" + s.port() + ":" + s.weight()).toList();
  }

  private static EntryStore open(List<Server> servers) {
    return new MemcachedStore(servers, Duration.ofSeconds(2), InstantSource.system());
  }
}
