package org.jcachememcached.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.engine.LeaseRules;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.internal.store.none.NoneStore;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which stores a cache lives that moves from one group of servers to another. */
class PlacementTest {

  private final Map<String, ItemStore> stores = new HashMap<>();
  private final Unreachable oldServers = new Unreachable();

  private Placement placement(String uri) {
    stores.put("old", oldServers);
    stores.put("new", new MemoryStore(InstantSource.system()));
    ManagerContext context =
        new ManagerContext(
            URI.create(uri),
            connection -> {
              assertThat(connection.isMoving()).isFalse();
              return stores.get(connection.get(ConnectionSettings.SERVERS).listed().get(0).host());
            },
            new TagItems(new NoneStore(), Namespace.ofTags("")),
            new NearRegistry(),
            PlacementTest.class::getClassLoader,
            Runnable::run,
            Runnable::run,
            LeaseRules.GROWING_POLLS,
            new CallObservers(InstantSource.system()),
            InstantSource.system());
    Settings settings =
        SettingsReader.read(
            URI.create(uri), new Properties(), Map.of(), ClassLoader.getPlatformClassLoader());
    return Placement.of("users", settings, context);
  }

  @ParameterizedTest
  @CsvSource({
    "{application}:{cache}:, shop:users:, a",
    "{cache}/, users/, a:b:c",
    "{cache}., users., a",
    "v2-{application}-{cache}-, v2-shop-users-, a:b:c",
    "x:y:{cache}:, x:y:users:, a",
  })
  void whatTheOldServersCannotForgetIsBelowThePrefixOfTheCache(
      String pattern, String prefix, String key) {
    String uri = "memcached://new/shop;fallback.servers:old;key.prefix:";
    Placement placement =
        placement(uri + pattern.replace("{", "%7B").replace("}", "%7D").replace("/", "%2F"));

    Reply reply = placement.store().send(List.of(new Command.Delete(prefix + key))).join().get(0);

    assertThat(reply.failure()).isNull();
    assertThat(oldServers.invalidated).contains(prefix + " " + prefix + key);
    assertThat(oldServers.invalidated).allMatch(removal -> removal.startsWith(prefix + " "));
  }

  @Test
  void cachesThatMoveAndThoseThatDoNotAreOnTheSameServers() {
    Placement moving = placement("memcached://new/shop;fallback.servers:old");
    Placement settled = placement("memcached://new/shop");

    assertThat(moving.overlaps(settled)).isTrue();
  }

  /** Servers that never answer; remembers what they are to forget. */
  private static final class Unreachable implements ItemStore {

    private final List<String> invalidated = new ArrayList<>();

    @Override
    public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
      Reply failed =
          Reply.failed(StoreException.withoutEffect(Reason.UNREACHABLE, "unreachable", null));
      return CompletableFuture.completedFuture(commands.stream().map(c -> failed).toList());
    }

    @Override
    public KeyScan scan(String prefix) {
      throw StoreException.withoutEffect(Reason.UNREACHABLE, "unreachable", null);
    }

    @Override
    public void invalidate(String prefix, List<String> keys) {
      keys.forEach(key -> invalidated.add(prefix + " " + key));
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
      return null;
    }

    @Override
    public void close() {}
  }
}
