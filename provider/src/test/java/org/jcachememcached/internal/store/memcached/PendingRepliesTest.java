package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {

  private final PendingReplies call =
      new PendingReplies(2, Duration.ofSeconds(1), new ParkingLoop(), null);

  @Test
  void hasRoomForSoManyBytesAndForAllSmallValues() {
    assertThat(call.makeRoomFor(ItemStore.ANSWER_BYTES - 1)).isTrue();
    assertThat(call.makeRoomFor(2000)).isFalse();
    assertThat(call.makeRoomFor(9)).isTrue();
  }

  @Test
  void hasRoomForOneValueOfAnySize() {
    assertThat(call.makeRoomFor(2 * ItemStore.ANSWER_BYTES)).isTrue();
  }

  @Test
  void endsWithTheLastBatch() {
    call.reply(1, Reply.DONE);
    call.ended(1, 100, null);
    assertThat(call.future()).isNotDone();

    call.reply(0, Reply.ABSENT);
    call.ended(1, 100, null);

    assertThat(call.future().join()).containsExactly(Reply.ABSENT, Reply.DONE);
  }
}
