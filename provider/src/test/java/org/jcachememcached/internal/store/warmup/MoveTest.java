package org.jcachememcached.internal.store.warmup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.MigrationStats;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.CountingStore;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of entries in the warm group, and the effect of a warm group that fails. */
class MoveTest {

  private static final String PREFIX = "app:cache:";
  private static final String KEY = PREFIX + "key";

  private final FakeClock clock = new FakeClock();
  private final EnvelopeWarmUpCodec codec = new EnvelopeWarmUpCodec(clock);
  private final MemoryStore newServers = new MemoryStore(clock);
  private final MemoryStore oldServers = new MemoryStore(clock);
  private final CountingStore cold = new CountingStore(newServers);
  private final FailingStore warm = new FailingStore(oldServers);
  private final WarmUpStore store = chain(FallbackWrites.NEW);

  private WarmUpStore chain(FallbackWrites writes) {
    return new WarmUpStore(cold, warm, writes, codec, PREFIX);
  }

  // Moving

  @Test
  void getMovesWithTokenOfNewGroup() {
    set(oldServers, KEY, "old");

    StoredItem found = requireNonNull(send(store, new Command.Get(KEY)).item());

    assertThat(Values.text(found)).isEqualTo("old");
    assertThat(value(oldServers, KEY)).isNull();
    Command update = new Command.CompareAndSet(KEY, Values.item("updated"), found.cas());
    assertThat(send(store, update)).isEqualTo(Reply.DONE);
    assertThat(value(newServers, KEY)).isEqualTo("updated");
    assertThat(stats(store).migratedEntries()).isEqualTo(1);
  }

  @Test
  void hitInNewGroupCostsOneRoundTrip() {
    set(newServers, KEY, "new");

    assertThat(value(store, KEY)).isEqualTo("new");

    assertThat(cold.roundTrips()).containsExactly("Get");
  }

  @Test
  void touchReachesWhatWasMoved() {
    set(oldServers, KEY, "old");

    assertThat(send(store, touch(60)).status()).isEqualTo(Status.FOUND);

    assertThat(end(newServers)).isEqualTo(inSeconds(60));
    assertThat(value(oldServers, KEY)).isNull();
  }

  @Test
  void touchReachesTheCopyToo() {
    WarmUpStore both = chain(FallbackWrites.BOTH);
    set(both, KEY, "value");
    cold.reset();

    assertThat(send(both, touch(60)).status()).isEqualTo(Status.FOUND);

    assertThat(cold.roundTrips()).containsExactly("TouchingGet");
    assertThat(end(newServers)).isEqualTo(inSeconds(60));
    assertThat(end(oldServers)).isEqualTo(inSeconds(60));
  }

  @Test
  void touchCostsOneRoundTripAndDoesNotNeedTheCopy() {
    set(newServers, KEY, "value");
    assertThat(send(store, touch(60)).status()).isEqualTo(Status.FOUND);
    assertThat(cold.roundTrips()).containsExactly("TouchingGet");
    failOld(Command.Get.class);

    assertThat(send(chain(FallbackWrites.BOTH), touch(120)).status()).isEqualTo(Status.FOUND);

    assertThat(end(newServers)).isEqualTo(inSeconds(120));
  }

  @Test
  void batchMovesTogether() {
    List<Command.Get> gets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      set(oldServers, KEY + i, "old");
      gets.add(new Command.Get(KEY + i));
    }

    assertThat(store.send(gets).join()).allMatch(reply -> reply.status() == Status.FOUND);

    assertThat(cold.roundTrips())
        .containsExactly("100 Get", "100 Add", "100 Get", "100 CompareAndSet", "100 Get");
  }

  @Test
  void expiredEntryStaysBehind() {
    Envelope past = Envelope.seal(new EncodedValue(1, new byte[1]), 1, 0, null);
    Item item = new Item(past.flags(), past.data(), Item.FOREVER);
    send(oldServers, new Command.Set(KEY, item));

    assertThat(send(store, new Command.Get(KEY))).isEqualTo(Reply.ABSENT);
  }

  @Test
  void scanMovesAllAndSeesEachOnce() {
    IntStream.range(0, 50).forEach(i -> set(oldServers, KEY + i, "old"));
    IntStream.range(25, 75).forEach(i -> set(newServers, KEY + i, "new"));

    assertThat(scan(store))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 75).mapToObj(i -> KEY + i).toList());
    assertThat(stats(store).migratedEntries()).isEqualTo(25);
  }

  @Test
  void invalidateReachesBothGroups() {
    set(oldServers, KEY, "old");
    set(newServers, KEY + 1, "new");

    store.invalidate(PREFIX, List.of(KEY, KEY + 1));

    assertThat(scan(oldServers)).isEmpty();
    assertThat(scan(newServers)).isEmpty();
  }

  // Writing to both

  @Test
  void bothGroupsHoldWhatIsWritten() {
    WarmUpStore both = chain(FallbackWrites.BOTH);
    set(oldServers, KEY, "old");

    set(both, KEY, "new");

    assertThat(value(newServers, KEY)).isEqualTo("new");
    assertThat(value(oldServers, KEY)).isEqualTo("new");
    send(both, new Command.Delete(KEY));
    assertThat(scan(oldServers)).isEmpty();
    assertThat(scan(newServers)).isEmpty();
  }

  @Test
  void copyDoesNotComeBack() {
    WarmUpStore both = chain(FallbackWrites.BOTH);
    set(both, KEY, "new");
    send(newServers, new Command.Delete(KEY));

    assertThat(value(both, KEY)).isNull();
  }

  @Test
  void entriesGoBackWhenGroupsAreSwapped() {
    WarmUpStore back = new WarmUpStore(oldServers, newServers, FallbackWrites.NEW, codec, PREFIX);
    set(store, KEY, "new");

    assertThat(value(back, KEY)).isEqualTo("new");
    set(back, KEY, "newer");
    assertThat(value(store, KEY)).isEqualTo("newer");
  }

  // A warm group that fails

  @Test
  void newGroupAnswersWithoutOldOne() {
    failOld(Command.Get.class);

    assertThat(value(store, KEY)).isNull();

    assertThat(stats(store).fallbackFailures()).isEqualTo(1);
  }

  @Test
  void removalThatCannotReachOldGroupIsNotForgotten() {
    set(oldServers, KEY, "old");
    failOld(Command.Get.class);

    assertThat(send(store, new Command.Delete(KEY))).isEqualTo(Reply.ABSENT);

    assertThat(value(oldServers, KEY)).isNull();
  }

  @Test
  void writeThatCannotClearOldGroupIsNotForgotten() {
    set(oldServers, KEY, "old");
    set(newServers, KEY, "new");
    failOld(Command.Delete.class);

    set(store, KEY, "newer");

    assertThat(value(oldServers, KEY)).isNull();
    assertThat(value(newServers, KEY)).isEqualTo("newer");
  }

  @Test
  void copyThatMayHaveBeenStoredIsNotTrusted() {
    warm.loseAnswer(FailingStore.any(Command.CompareAndSet.class));

    set(chain(FallbackWrites.BOTH), KEY, "new");

    assertThat(scan(oldServers)).isEmpty();
  }

  @Test
  void scanGoesOnWithoutOldGroup() {
    set(newServers, KEY, "new");
    oldServers.close();

    assertThat(scan(store)).containsExactly(KEY);
    assertThat(stats(store).fallbackFailures()).isEqualTo(1);
  }

  private void failOld(Class<? extends Command> kind) {
    warm.fail(FailingStore.any(kind), Reason.TIMEOUT);
  }

  private static MigrationStats stats(WarmUpStore store) {
    return requireNonNull(store.unwrap(MigrationStats.class));
  }

  private Command touch(int seconds) {
    return new Command.Get(KEY, inSeconds(seconds));
  }

  private long inSeconds(int seconds) {
    return clock.millis() + Duration.ofSeconds(seconds).toMillis();
  }

  private static long end(ItemStore store) {
    return requireNonNull(send(store, new Command.Get(KEY)).item()).keepUntil();
  }

  private static void set(ItemStore store, String key, String value) {
    assertThat(send(store, new Command.Set(key, Values.item(value)))).isEqualTo(Reply.DONE);
  }

  private static @Nullable String value(ItemStore store, String key) {
    StoredItem item = send(store, new Command.Get(key)).item();
    return item == null ? null : Values.text(item);
  }

  private static Reply send(ItemStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static List<String> scan(ItemStore store) {
    List<String> keys = new ArrayList<>();
    try (KeyScan scan = store.scan(PREFIX)) {
      for (List<String> page = scan.nextPage(7); !page.isEmpty(); page = scan.nextPage(7)) {
        keys.addAll(page);
      }
    }
    return keys;
  }
}
