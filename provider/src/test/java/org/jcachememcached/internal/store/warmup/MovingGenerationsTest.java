package org.jcachememcached.internal.store.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.generation.GenerationalStore;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches that are cleared by a new generation, while they move to other servers. */
class MovingGenerationsTest {

  private static final String PREFIX = "users/";
  private static final String KEY = PREFIX + GenerationalStore.PLACEHOLDER + ":key";
  private static final String GENERATION = PREFIX + "generation";

  private final FakeClock clock = new FakeClock();
  private final MemoryStore newServers = new MemoryStore(clock);
  private final MemoryStore oldServers = new MemoryStore(clock);
  private final GenerationalStore before = generational(oldServers);

  private GenerationalStore generational(ItemStore store) {
    return new GenerationalStore(store, PREFIX, Duration.ZERO, clock);
  }

  private GenerationalStore moving(FallbackWrites writes) {
    return generational(
        new WarmUpStore(newServers, oldServers, writes, new EnvelopeWarmUpCodec(clock), PREFIX));
  }

  @ParameterizedTest
  @EnumSource
  void entriesMoveWithTheirGeneration(FallbackWrites writes) {
    set(before, "old");

    assertThat(value(moving(writes))).isEqualTo("old");

    assertThat(value(generational(newServers))).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasClearedDoesNotMove(FallbackWrites writes) {
    set(before, "old");
    GenerationalStore moving = moving(writes);

    moving.clear();

    assertThat(value(moving)).isNull();
    assertThat(value(moving(writes))).isNull();
    assertThat(value(generational(newServers))).isNull();
    assertThat(value(generational(oldServers))).isNull();
  }

  @Test
  void clientsOfTheOldServersFindWhatIsWrittenToBoth() {
    GenerationalStore moving = moving(FallbackWrites.BOTH);
    set(moving, "first");
    moving.clear();
    set(moving, "second");

    assertThat(value(before)).isEqualTo("second");
    assertThat(value(generational(newServers))).isEqualTo("second");
  }

  @Test
  void aCopyOfAGenerationDoesNotComeBack() {
    GenerationalStore moving = moving(FallbackWrites.BOTH);
    set(moving, "first");
    newServers.send(List.of(new Command.Delete(GENERATION))).join();

    assertThat(value(moving)).isNull();
    set(moving, "second");
    assertThat(value(before)).isEqualTo("second");
  }

  @Test
  void entriesGoBackAndForthWithTheirGeneration() {
    GenerationalStore moving = moving(FallbackWrites.NEW);
    GenerationalStore back =
        generational(
            new WarmUpStore(
                oldServers,
                newServers,
                FallbackWrites.NEW,
                new EnvelopeWarmUpCodec(clock),
                PREFIX));
    set(moving, "one");

    assertThat(value(back)).isEqualTo("one");
    set(back, "two");
    assertThat(value(moving)).isEqualTo("two");
    back.clear();
    assertThat(value(moving)).isNull();
  }

  private static void set(ItemStore store, String value) {
    assertThat(send(store, new Command.Set(KEY, Values.item(value)))).isEqualTo(Reply.DONE);
  }

  private static @Nullable String value(ItemStore store) {
    StoredItem item = send(store, new Command.Get(KEY)).item();
    return item == null ? null : Values.text(item);
  }

  private static Reply send(ItemStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }
}
