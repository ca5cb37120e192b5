package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;

/** Items of a store whose values follow from their keys, so that every answer can be checked. */
record KnownItems(MemcachedStore store) {

  private static final int COUNT = 100;

  /** Stores them. */
  void fill() {
    List<Command.Set> sets =
        IntStream.range(0, COUNT)
            .mapToObj(i -> new Command.Set("k" + i, new Item(0, value(i), Item.FOREVER)))
            .toList();
    assertThat(store.send(sets).join()).containsOnly(Reply.DONE);
  }

  /** Asks for any of them, so many times, and returns how many answers were wrong. */
  int wrongAnswersOf(int calls) {
    int wrong = 0;
    for (int i = 0; i < calls; i++) {
      int any = ThreadLocalRandom.current().nextInt(COUNT);
      Reply reply = store.send(List.of(get(any))).join().get(0);
      wrong += isRight(reply, any) ? 0 : 1;
    }
    return wrong;
  }

  Command.Get get(int i) {
    return new Command.Get("k" + i % COUNT);
  }

  boolean isRight(Reply reply, int i) {
    return reply.item() != null && Arrays.equals(reply.item().data(), value(i % COUNT));
  }

  private static byte[] value(int i) {
    return ("value " + i).getBytes(StandardCharsets.UTF_8);
  }
}
