package org.jcachememcached.store.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.cache.EnvelopeForm;
import org.jcachememcached.config.FallbackWrites;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.KeyScan;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.memory.MemoryStore;
import org.jcachememcached.testing.DeferringStore;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

/** Entries that are carried over though an answer does not hold all of them. */
class LargeMovesTest {

  private static final int COUNT = 12;

  private final FakeClock clock = new FakeClock();
  private final MemoryStore newGroup = new MemoryStore(clock);
  private final MemoryStore oldGroup = new MemoryStore(clock);
  private final FallbackStore store =
      new FallbackStore(
          new DeferringStore(newGroup),
          new DeferringStore(oldGroup),
          FallbackWrites.NEW,
          new EnvelopeForm(clock),
          "");

  private final List<String> keys = IntStream.range(0, COUNT).mapToObj(i -> "a:b:" + i).toList();

  LargeMovesTest() {
    Item item = new Item(0, new byte[EntryStore.ANSWER_BYTES / 5], Item.FOREVER);
    oldGroup.send(keys.stream().map(key -> new Command.Set(key, item)).toList()).join();
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
    assertThat(keysOf(newGroup)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(keysOf(oldGroup)).isEmpty();
  }

  @Test
  void writersAreNot() {
    Item item = new Item(0, new byte[10], Item.FOREVER);

    List<Reply> replies =
        store.send(keys.stream().map(key -> new Command.Replace(key, item)).toList()).join();

    assertThat(replies).hasSize(COUNT).containsOnly(Reply.DONE);
    assertThat(keysOf(oldGroup)).isEmpty();
  }

  @Test
  void scansCarryAllOver() {
    try (KeyScan scan = store.scan("a:b:")) {
      assertThat(scan.nextPage(100)).containsExactlyInAnyOrderElementsOf(keys);
    }
    assertThat(keysOf(oldGroup)).isEmpty();
  }

  private static List<String> keysOf(MemoryStore group) {
    try (KeyScan scan = group.scan("")) {
      return scan.nextPage(100);
    }
  }
}
