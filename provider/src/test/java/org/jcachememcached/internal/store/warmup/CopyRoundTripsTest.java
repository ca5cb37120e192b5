package org.jcachememcached.internal.store.warmup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.CountingStore;
import org.jcachememcached.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What commands cost whose key has moved by a change of the servers, and what they leave. */
class CopyRoundTripsTest {

  private static final String KEY = "app:cache:key";

  private final FakeClock clock = new FakeClock();
  private final CountingStore present = new CountingStore(new MemoryStore(clock));
  private final CountingStore former = new CountingStore(new MemoryStore(clock));

  private WarmUpStore store(MigrationMode mode) {
    return new WarmUpStore(
        present,
        former,
        mode,
        new EnvelopeWarmUpCodec(clock),
        "app:cache:",
        new MigrationProgress(null));
  }

  private static Reply send(ItemStore to, Command command) {
    return to.send(List.of(command)).join().get(0);
  }

  private static void set(ItemStore at, String value) {
    send(at, new Command.Set(KEY, Values.item(value)));
  }

  private static @Nullable StoredItem get(ItemStore from) {
    return send(from, new Command.Get(KEY)).item();
  }

  private long roundTrips() {
    return Stream.of(present, former).mapToLong(store -> store.roundTrips().size()).sum();
  }

  private void reset() {
    present.reset();
    former.reset();
  }

  private long costOf(MigrationMode mode, Command command) {
    reset();
    send(store(mode), command);
    return roundTrips();
  }

  @Test
  void whileFormerServersAreAsked() {
    set(former, "old");
    assertThat(costOf(MigrationMode.COPY, new Command.Get(KEY))).as("copied").isEqualTo(7);
    assertThat(costOf(MigrationMode.COPY, new Command.Get(KEY))).as("then").isEqualTo(1);
    assertThat(costOf(MigrationMode.COPY, new Command.Get("app:cache:none"))).isEqualTo(3);
    assertThat(costOf(MigrationMode.COPY, new Command.Set(KEY, Values.item("new")))).isEqualTo(4);
    long cas = requireNonNull(get(present)).cas();
    assertThat(
            costOf(MigrationMode.COPY, new Command.CompareAndSet(KEY, Values.item("newer"), cas)))
        .isEqualTo(4);
  }

  @Test
  void whileFormerServersAreOnlyCleared() {
    set(former, "old");
    set(present, "new");

    assertThat(costOf(MigrationMode.CLEAR, new Command.Get(KEY))).as("hit").isEqualTo(1);
    assertThat(costOf(MigrationMode.CLEAR, new Command.Get("app:cache:none"))).isEqualTo(2);
    assertThat(costOf(MigrationMode.CLEAR, new Command.Set(KEY, Values.item("x")))).isEqualTo(3);
  }

  @Test
  void whatIsReadStaysOnFormerServerUntilItChanges() {
    set(former, "old");

    assertThat(Values.text(requireNonNull(get(store(MigrationMode.COPY))))).isEqualTo("old");
    assertThat(get(former)).isNotNull();
    set(store(MigrationMode.COPY), "new");

    assertThat(get(former)).isNull();
  }

  @Test
  void whatIsAbsentIsRemovedFromFormerServer() {
    set(former, "old");

    assertThat(get(store(MigrationMode.CLEAR))).isNull();

    assertThat(get(former)).isNull();
  }

  /** A CAS value of the time before the change fails, and does not remove what is to be copied. */
  @Test
  void oldCasValueRemovesNothing() {
    set(former, "old");
    long before = requireNonNull(get(former)).cas() + 1_000_000;

    Reply reply =
        send(
            store(MigrationMode.COPY),
            new Command.CompareAndSet(KEY, Values.item("updated"), before));

    assertThat(reply).isEqualTo(Reply.CHANGED);
    assertThat(Values.text(requireNonNull(get(store(MigrationMode.COPY))))).isEqualTo("old");
  }

  @Test
  void leasesAreTakenOnPresentServers() {
    WarmUpStore store = store(MigrationMode.COPY);
    Item lease = Values.item("lease");

    Reply claimed = send(store, new Command.Claim(KEY, lease, Command.NO_CAS));

    assertThat(claimed.status()).isEqualTo(Reply.Status.CLAIMED);
    assertThat(send(store, new Command.Claim(KEY, lease, Command.NO_CAS))).isEqualTo(Reply.CHANGED);
    assertThat(send(store, new Command.CompareAndSet(KEY, Values.item("loaded"), claimed.number())))
        .isEqualTo(Reply.DONE);
  }
}
