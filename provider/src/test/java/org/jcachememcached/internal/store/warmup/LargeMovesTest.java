package org.jcachememcached.internal.store.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.DeferringStore;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

/** Entries that are carried over though an answer does not hold all of them. */
class LargeMovesTest {

  private static final int COUNT = 12;

  private final FakeClock clock = new FakeClock();
  private final MemoryStore cold = new MemoryStore(clock);
  private final MemoryStore warm = new MemoryStore(clock);
  private final WarmUpStore store =
      new WarmUpStore(
          new DeferringStore(cold),
          new DeferringStore(warm),
          FallbackWrites.NEW,
          new EnvelopeWarmUpCodec(clock),
          "");

  private final List<String> keys = IntStream.range(0, COUNT).mapToObj(i -> "a:b:" + i).toList();

  LargeMovesTest() {
    Item item = new Item(0, new byte[ItemStore.ANSWER_BYTES / 5], Item.FOREVER);
    warm.send(keys.stream().map(key -> new Command.Set(key, item)).toList()).join();
  }

  @Test
  void readersAreToldToAskAgain() {
    List<Command.Get> unread = keys.stream().map(Command.Get::new).toList();
    int rounds = 0;
    while (!unread.isEmpty()) {
      List<Reply> replies = store.send(unread).join();
      List<Command.Get> deferred = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        if (replies.get(i).status() == Reply.Status.DEFERRED) {
          deferred.add(unread.get(i));
        } else {
          assertThat(replies.get(i).status()).isEqualTo(Reply.Status.FOUND);
        }
      }
      unread = deferred;
      rounds++;
    }

    assertThat(rounds).isEqualTo(3);
    assertThat(keysOf(cold)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(keysOf(warm)).isEmpty();
  }

  @Test
  void writersAreNot() {
    Item item = new Item(0, new byte[10], Item.FOREVER);

    List<Reply> replies =
        store.send(keys.stream().map(key -> new Command.Replace(key, item)).toList()).join();

    assertThat(replies).hasSize(COUNT).containsOnly(Reply.DONE);
    assertThat(keysOf(warm)).isEmpty();
  }

  @Test
  void scansCarryAllOver() {
    try (KeyScan scan = store.scan("a:b:")) {
      assertThat(scan.nextPage(100)).containsExactlyInAnyOrderElementsOf(keys);
    }
    assertThat(keysOf(warm)).isEmpty();
  }

  private static List<String> keysOf(MemoryStore group) {
    try (KeyScan scan = group.scan("")) {
      return scan.nextPage(100);
    }
  }
}
