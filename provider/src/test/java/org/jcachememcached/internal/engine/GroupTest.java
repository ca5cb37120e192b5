package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.engine.Group.Member;
import org.jcachememcached.internal.engine.Group.Result;
import org.jcachememcached.internal.engine.Group.Verdict;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.Test;

/** Who may join a group, who has to settle it, and what its members learn. */
@SuppressWarnings("NullAway") // Nothing is applied, encoded or decoded here.
class GroupTest {

  private static final EncodedKey KEY = new EncodedKey("k", null);
  private static final Verdict STORED = new Verdict(Result.STORED, null);
  private static final Verdict LOST = new Verdict(Result.LOST, null);
  private final StoreException tooLate =
      StoreException.outcomeUnknown(Reason.TIMEOUT, "scripted", null);
  private final Group<String, String> group = new Group<>(KEY, null, 1);
  private final List<String> enlisted = new ArrayList<>();

  private boolean join(Member member) {
    return group.join(member, new PendingOperation<String, String, String>(null, KEY, null));
  }

  private Member member(String event) {
    return new Member(() -> enlisted.add(event));
  }

  @Test
  void hasRoomForThirtyTwo() {
    for (int i = 0; i < 32; i++) {
      assertThat(group.hasRoom()).isTrue();
      join(new Member(null));
    }
    assertThat(group.hasRoom()).isFalse();
  }

  @Test
  void isSealedByOne() {
    assertThat(group.seal()).isTrue();
    assertThat(group.seal()).isFalse();
    assertThat(group.hasRoom()).isFalse();
    assertThat(join(new Member(null))).isFalse();
  }

  @Test
  void enlistsTheEventsOfAllInTheirOrder() {
    join(member("first"));
    join(new Member(null));
    join(member("last"));

    group.settle(STORED);

    assertThat(enlisted).containsExactly("first", "last");
    assertThat(group.await(0)).isEqualTo(STORED);
  }

  @Test
  void enlistsNothingThatHasNotHappened() {
    join(member("first"));

    group.settle(LOST);
    group.settle(STORED);

    assertThat(enlisted).isEmpty();
    assertThat(group.await(0)).isEqualTo(LOST);
  }

  @Test
  void doesNotKnowTheVerdictBefore() {
    assertThat(group.await(0)).isNull();
  }

  @Test
  void enlistsNothingForAMemberThatHasLeft() {
    Member impatient = member("impatient");
    join(impatient);
    join(member("patient"));

    assertThat(group.leave(impatient, tooLate)).isEqualTo(new Verdict(Result.UNKNOWN, tooLate));
    group.settle(STORED);

    assertThat(enlisted).containsExactly("patient");
  }

  @Test
  void aMemberThatLeavesAfterTheVerdictLearnsIt() {
    Member impatient = member("impatient");
    join(impatient);
    group.settle(STORED);

    assertThat(group.leave(impatient, tooLate)).isEqualTo(STORED);
  }
}
