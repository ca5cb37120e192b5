package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.UptimeClock;
import org.junit.jupiter.api.Test;

/** What of a call is under way at a time, to a server to which there is no connection yet. */
class BatchPipelineTest {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final InFlight inFlight =
      new InFlight(TIMEOUT, new UptimeClock(System::nanoTime, TIMEOUT));
  private final ServerNode node =
      new ServerNode(
          new Server("127.0.0.1", 1, 1),
          new NodeOptions(TIMEOUT, 1, TIMEOUT, 8192, 64L * MEBIBYTE, 1000, null, null),
          inFlight,
          () -> Instant.EPOCH);

  @Test
  void sendsAFewBatchesAtATime() {
    PendingReplies call = send(20, 200_000);

    assertThat(node.permits().requests()).isEqualTo(5);
    assertThat(node.permits().bytes()).isLessThanOrEqualTo(MEBIBYTE);
    assertThat(call.future()).isNotDone();
  }

  @Test
  void sendsBatchThatIsLargerThanThatAlone() {
    send(3, 3 * MEBIBYTE);

    assertThat(node.permits().requests()).isEqualTo(1);
  }

  @Test
  void sendsSmallCommandsTogether() {
    send(1000, 100);

    assertThat(node.permits().requests()).isEqualTo(1);
  }

  @Test
  void failsTheRestUnsentWhenABatchFails() {
    PendingReplies call = send(20, 200_000);

    long later = inFlight.uptime().now() + TIMEOUT.toNanos();
    inFlight.failAllOn(node.connectionOf("k0"), later, Reason.TIMEOUT, "no answer");

    assertThat(call.future()).isDone();
    assertThat(call.future().join())
        .hasSize(20)
        .allSatisfy(reply -> assertThat(failure(reply).reason()).isEqualTo(Reason.TIMEOUT));
    assertThat(failure(call.future().join().get(19)).isOutcomeUnknown()).isFalse();
  }

  @Test
  void waitsForTheRoomThatOthersHave() {
    List<PendingReplies> calls = IntStream.range(0, 50).mapToObj(i -> send(20, 200_000)).toList();

    assertThat(node.permits().bytes()).isLessThanOrEqualTo(33L * MEBIBYTE);
    assertThat(node.permits().isWaitedFor()).isTrue();
    assertThat(calls).noneMatch(call -> call.future().isDone());

    node.close();
    inFlight.close();
    assertThat(calls).allMatch(call -> call.future().isDone());
    assertThat(node.permits().isWaitedFor()).isFalse();
  }

  private PendingReplies send(int count, int size) {
    Item item = new Item(0, new byte[size], Item.FOREVER);
    List<Command> commands =
        IntStream.range(0, count).<Command>mapToObj(i -> new Command.Set("k" + i, item)).toList();
    PendingReplies call = inFlight.newCall(count, new ParkingLoop());
    new Router(key -> node, call).route(commands).forEach(BatchPipeline::send);
    return call;
  }

  private static StoreException failure(Reply reply) {
    return Objects.requireNonNull(reply.failure());
  }
}
