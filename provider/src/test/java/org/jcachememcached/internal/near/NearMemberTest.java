package org.jcachememcached.internal.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.EnvelopeFormat;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What caches of one JVM keep, and when they forget it. */
class NearMemberTest {

  private static final Duration TTL = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final NearRegistry registry = new NearRegistry();
  private final NearMember<Object> member = member(registry.peers("a:"));

  private NearMember<Object> member(NearPeers peers) {
    return NearMember.with(peers, new NearContent<>(TTL, 100, false, clock));
  }

  private static PackedValue packed(Object value) {
    return new EnvelopeFormat(Codecs.java())
        .seal(value, Item.FOREVER, Envelope.NO_WRITE_ID, null, List.of());
  }

  private @Nullable NearRead begin(String key) {
    return member.begin(key, clock.millis());
  }

  private void keep(@Nullable NearRead read, Object value) {
    member.keep(Objects.requireNonNull(read), packed(value), value);
  }

  private @Nullable Object find(String key) {
    NearEntry<Object> found = member.find(key, clock.millis());
    return found == null ? null : found.value();
  }

  @Test
  void whatIsKeptIsFoundUntilItEnds() {
    keep(begin("a:k"), "v");

    assertThat(find("a:k")).isEqualTo("v");
    clock.advance(TTL);
    assertThat(find("a:k")).isNull();
  }

  @Test
  void nothingIsFoundAfterTheClockWasSetBack() {
    keep(begin("a:k"), "v");

    clock.advance(Duration.ofMillis(-1));

    assertThat(find("a:k")).isNull();
  }

  @Test
  void aReadBeforeAChangeKeepsNothing() {
    NearRead read = begin("a:k");
    member.forget("a:k");

    keep(read, "old");

    assertThat(find("a:k")).isNull();
  }

  @Test
  void aReadBeforeAClearKeepsNothing() {
    NearRead read = begin("a:k");
    member.forgetAll();

    keep(read, "old");

    assertThat(find("a:k")).isNull();
  }

  @Test
  void aChangeDoesNotConcernOtherKeys() {
    keep(begin("a:k"), "v");

    member.forget("a:other");

    assertThat(find("a:k")).isEqualTo("v");
  }

  @Test
  void cachesWithTheSamePrefixForgetTogether() {
    NearMember<Object> other = member(registry.peers("a:"));
    keep(begin("a:k"), "v");
    other.forget("a:k");
    assertThat(find("a:k")).isNull();

    keep(begin("a:k"), "v");
    NearMember.without(registry.peers("a:")).forgetAll();
    assertThat(find("a:k")).isNull();
  }

  @Test
  void cachesWithOtherPrefixesDoNot() {
    keep(begin("a:k"), "v");

    NearMember.without(registry.peers("b:")).forgetAll();

    assertThat(find("a:k")).isEqualTo("v");
  }

  @Test
  void changesNeedNotBeAnnouncedIfNoneKeepsAnything() {
    NearMember<Object> keepsNothing = NearMember.without(registry.peers("b:"));
    assertThat(keepsNothing.isObserved()).isFalse();

    NearMember<Object> keeps = member(registry.peers("b:"));
    assertThat(keepsNothing.isObserved()).isTrue();

    keeps.close();
    assertThat(keepsNothing.isObserved()).isFalse();
  }

  /** However they are interleaved, no read finds what was there before a change that has ended. */
  @Test
  void noChangeIsMissedByConcurrentReads() throws InterruptedException {
    AtomicLong stored = new AtomicLong();
    AtomicLong completed = new AtomicLong();
    List<String> violations = new CopyOnWriteArrayList<>();
    List<Thread> threads =
        Stream.<Runnable>of(
                () -> change(stored, completed),
                () -> read(stored, completed, violations),
                () -> read(stored, completed, violations))
            .map(Thread::new)
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(violations).isEmpty();
  }

  private void change(AtomicLong stored, AtomicLong completed) {
    for (long number = 1; number <= 20_000; number++) {
      long next = number;
      announced(number % 100 == 0, () -> stored.set(next));
      completed.set(number);
    }
  }

  private void announced(boolean isClear, Runnable change) {
    Runnable announcement = isClear ? member::forgetAll : () -> member.forget("a:k");
    announcement.run();
    change.run();
    announcement.run();
  }

  private void read(AtomicLong stored, AtomicLong completed, List<String> violations) {
    while (completed.get() < 20_000) {
      long least = completed.get();
      Object found = find("a:k");
      if (found == null) {
        NearRead read = begin("a:k");
        found = stored.get();
        keep(read, found);
      }
      if ((long) found < least) {
        violations.add(found + " after " + least);
      }
    }
  }

  static Stream<Object> immutableValues() {
    return Stream.of(
        "text",
        1,
        2L,
        3.0,
        true,
        'c',
        BigDecimal.ONE,
        new UUID(1, 2),
        Instant.EPOCH,
        DayOfWeek.MONDAY);
  }

  @ParameterizedTest
  @MethodSource("immutableValues")
  void anImmutableValueIsKeptAsItIs(Object value) {
    keep(begin("a:k"), value);

    assertThat(find("a:k")).isSameAs(value);
  }

  static Stream<Object> mutableValues() {
    return Stream.of(List.of("a"), new byte[1], new OwnNumber("1"));
  }

  @ParameterizedTest
  @MethodSource("mutableValues")
  void ofOtherValuesOnlyTheBytesAreKept(Object value) {
    keep(begin("a:k"), value);

    assertThat(member.find("a:k", clock.millis()))
        .isNotNull()
        .extracting(NearEntry::value)
        .isNull();
  }

  /** A number that may change, for all that its superclass says. */
  private static final class OwnNumber extends BigDecimal {

    private static final long serialVersionUID = 1L;

    OwnNumber(String text) {
      super(text);
    }
  }
}
