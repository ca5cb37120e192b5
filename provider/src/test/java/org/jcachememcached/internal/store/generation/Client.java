package org.jcachememcached.internal.store.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/** One of several clients of a cache with generations, in the words of a test. Thread-safe. */
final class Client {

  static final String NAMESPACE = "app:cache:";
  static final String GENERATION_KEY = NAMESPACE + "generation";
  private static final String PREFIX = NAMESPACE + GenerationalStore.PLACEHOLDER + ":";

  private final GenerationalStore store;

  Client(ItemStore shared, Duration check, InstantSource clock) {
    store = new GenerationalStore(shared, NAMESPACE, check, clock);
  }

  GenerationalStore store() {
    return store;
  }

  Reply send(Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  @Nullable String get(String key) {
    Reply reply = send(new Command.Get(PREFIX + key));
    assertThat(reply.failure()).isNull();
    StoredItem item = reply.item();
    return item == null ? null : new String(item.data(), UTF_8);
  }

  long casOf(String key) {
    return requireNonNull(send(new Command.Get(PREFIX + key)).item()).cas();
  }

  void put(String key, String value) {
    assertThat(set(key, value)).isEqualTo(Reply.DONE);
  }

  Reply set(String key, String value) {
    return send(new Command.Set(PREFIX + key, item(value)));
  }

  Reply add(String key, String value) {
    return send(new Command.Add(PREFIX + key, item(value)));
  }

  Reply compareAndSet(String key, String value, long cas) {
    return send(new Command.CompareAndSet(PREFIX + key, item(value), cas));
  }

  Reply delete(String key) {
    return send(new Command.Delete(PREFIX + key));
  }

  void clear() {
    store.clear();
  }

  void invalidate(String key) {
    store.invalidate(PREFIX, List.of(PREFIX + key));
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    try (KeyScan scan = store.scan(PREFIX)) {
      for (List<String> page = scan.nextPage(2); !page.isEmpty(); page = scan.nextPage(2)) {
        page.forEach(key -> keys.add(key.substring(PREFIX.length())));
      }
    }
    return keys;
  }

  static Item item(String value) {
    return new Item(0, value.getBytes(UTF_8), Item.FOREVER);
  }
}
