package org.jcachememcached.internal.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Cache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.EntryStoreContract;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends EntryStoreContract {

  @Override
  protected ItemStore open(InstantSource clock) {
    return new MemoryStore(clock);
  }

  @Test
  void forgetsToTheMillisecond() {
    FakeClock clock = new FakeClock();
    try (MemoryStore store = new MemoryStore(clock)) {
      set(store, clock.millis() + 100);

      clock.advance(Duration.ofMillis(99));
      assertThat(has(store)).isTrue();

      clock.advance(Duration.ofMillis(1));
      assertThat(has(store)).isFalse();
    }
  }

  @Test
  void invalidatesAtOnce() {
    try (MemoryStore store = new MemoryStore(new FakeClock())) {
      set(store, Item.FOREVER);

      store.invalidate("k", List.of("key"));

      assertThat(has(store)).isFalse();
    }
  }

  @Test
  void keepsForeverWhateverTheTime() {
    FakeClock clock = new FakeClock();
    try (MemoryStore store = new MemoryStore(clock)) {
      set(store, Item.FOREVER);

      clock.advance(Duration.ofDays(100 * 365));

      assertThat(has(store)).isTrue();
    }
  }

  @Test
  void keepsNothingOfOneStoreInAnother() {
    FakeClock clock = new FakeClock();
    try (MemoryStore one = new MemoryStore(clock);
        MemoryStore other = new MemoryStore(clock)) {
      set(one, Item.FOREVER);

      assertThat(has(other)).isFalse();
    }
  }

  @Test
  void scanOfStoreThatIsClosedMeanwhileDoesNotLookComplete() {
    MemoryStore store = new MemoryStore(new FakeClock());
    set(store, Item.FOREVER);
    KeyScan scan = store.scan("");

    store.close();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> scan.nextPage(1))
        .withMessage("The memory store is closed");
  }

  @Test
  void unwrapsItsCaffeineCache() {
    try (MemoryStore store = new MemoryStore(new FakeClock())) {
      assertThat(store.unwrap(Cache.class)).isNotNull();
    }
  }

  private static void set(ItemStore store, long keepUntil) {
    Item item = new Item(0, "value".getBytes(StandardCharsets.UTF_8), keepUntil);
    assertThat(store.send(List.of(new Command.Set("key", item))).join())
        .containsExactly(Reply.DONE);
  }

  private static boolean has(ItemStore store) {
    return !store.send(List.of(new Command.Get("key"))).join().contains(Reply.ABSENT);
  }
}
