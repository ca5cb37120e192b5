package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jcachememcached.internal.engine.KeyTurns.Turn;
import org.junit.jupiter.api.Test;

/** Lines of calls, also such as are longer than a stack is deep. */
class KeyTurnsTest {

  private static final int MANY = 100_000;

  private final KeyTurns turns = new KeyTurns();

  @Test
  void turnsComeInOrder() {
    Turn first = turns.enter("k");
    Turn second = turns.enter("k");
    Turn third = turns.enter("k");
    Turn other = turns.enter("other");

    assertThat(first.come()).isDone();
    assertThat(other.come()).isDone();
    assertThat(second.come()).isNotDone();
    second.close();
    assertThat(third.come()).isNotDone();
    first.close();
    assertThat(third.come()).isDone();
  }

  @Test
  void aTurnThatEndsIsSeen() {
    int before = turns.ends("k");
    Turn turn = turns.enter("k");
    assertThat(turns.ends("k")).isEqualTo(before);

    turn.close();

    assertThat(turns.ends("k")).isNotEqualTo(before);
  }

  /** So it is when the executor of the calls has been shut down. */
  @Test
  void anyNumberOfCallsMayEndTheirTurnAtOnce() {
    AtomicInteger come = new AtomicInteger();
    Turn first = turns.enter("k");
    for (int i = 0; i < MANY; i++) {
      Turn turn = turns.enter("k");
      turn.come()
          .thenRun(
              () -> {
                come.incrementAndGet();
                turn.close();
              })
          .isDone();
    }

    first.close();

    assertThat(come).hasValue(MANY);
    assertThat(turns.enter("k").come()).isDone();
  }

  @Test
  void aCallMayTakeTheTurnsOfAnyNumberOfKeys() {
    List<String> keys = IntStream.range(0, MANY).mapToObj(i -> "k" + i).toList();
    List<Runnable> ends = new ArrayList<>();
    CommitOrder order = new CommitOrder();

    order.takeTurns(keys, ends::add);
    order.takeTurns(keys, ends::add);
    assertThat(ends).hasSize(1);
    ends.get(0).run();

    assertThat(ends).hasSize(2);
  }
}
