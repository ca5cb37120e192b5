package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Stores are opened late, shared while leased, and closed with the last lease. */
class SharedStoresTest {

  private final List<OpenedStore> opened = new CopyOnWriteArrayList<>();
  private final SharedStores<String> stores = new SharedStores<>(this::open);

  private ItemStore open(String connection) {
    OpenedStore store = new OpenedStore(connection);
    opened.add(store);
    return store;
  }

  @Test
  void opensAStoreWhenItIsFirstUsed() {
    ItemStore lease = stores.lease("a");
    assertThat(opened).isEmpty();

    send(lease);
    send(lease);

    assertThat(opened).hasSize(1);
  }

  @Test
  void closesNoStoreThatWasNeverOpened() {
    stores.lease("a").close();

    assertThat(opened).isEmpty();
  }

  @Test
  void sharesTheStoreOfOneConnectionOnly() {
    send(stores.lease("a"));
    send(stores.lease("a"));
    send(stores.lease("b"));

    assertThat(opened).extracting(store -> store.connection).containsExactly("a", "b");
  }

  @Test
  void closesTheStoreWithItsLastLease() {
    ItemStore one = stores.lease("a");
    ItemStore other = stores.lease("a");
    send(one);

    one.close();
    one.close();
    assertThat(opened.get(0).closings).hasValue(0);
    send(other);

    other.close();
    assertThat(opened.get(0).closings).hasValue(1);
  }

  @Test
  void opensANewStoreAfterTheLastLeaseOfTheOld() {
    ItemStore first = stores.lease("a");
    send(first);
    first.close();

    send(stores.lease("a"));

    assertThat(opened).hasSize(2);
    assertThat(opened.get(1).closings).hasValue(0);
  }

  @Test
  void refusesALeaseThatWasGivenUp() {
    ItemStore lease = stores.lease("a");
    ItemStore other = stores.lease("a");
    lease.close();

    assertThat(lease.send(List.of(new Command.Get("k"))).join())
        .singleElement()
        .extracting(Reply::status)
        .isEqualTo(Reply.Status.FAILED);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> lease.scan(""));
    assertThat(lease.unwrap(String.class)).isNull();
    send(other);
  }

  @Test
  void storeThatIsOpenedWhileItsLastLeaseIsGivenUpIsClosed() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    SharedStores<String> slow =
        new SharedStores<>(
            connection -> {
              opening.countDown();
              awaitQuietly(givenUp);
              return open(connection);
            });
    ItemStore lease = slow.lease("a");
    CompletableFuture<List<Reply>> reply =
        CompletableFuture.supplyAsync(() -> lease.send(List.of(new Command.Get("k"))).join());
    awaitQuietly(opening);

    lease.close();
    givenUp.countDown();

    assertThat(reply.get(20, TimeUnit.SECONDS))
        .singleElement()
        .extracting(Reply::status)
        .isEqualTo(Reply.Status.FAILED);
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).closings).hasValue(1);
    assertThat(lease.send(List.of(new Command.Get("k"))).join()).hasSize(1);
    assertThat(opened).hasSize(1);
  }

  @Test
  void storeThatIsOpenedWhileOneOfItsLeasesIsGivenUpServesTheOthers() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    SharedStores<String> slow =
        new SharedStores<>(
            connection -> {
              opening.countDown();
              awaitQuietly(givenUp);
              return open(connection);
            });
    ItemStore lease = slow.lease("a");
    ItemStore other = slow.lease("a");
    CompletableFuture<List<Reply>> reply =
        CompletableFuture.supplyAsync(() -> lease.send(List.of(new Command.Get("k"))).join());
    awaitQuietly(opening);

    lease.close();
    givenUp.countDown();

    assertThat(reply.get(20, TimeUnit.SECONDS).get(0).status()).isEqualTo(Reply.Status.FAILED);
    send(other);
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).closings).hasValue(0);
  }

  @Test
  void leavesNoStoreOpenHoweverUseAndCloseRace() throws Exception {
    for (int round = 0; round < 500; round++) {
      ItemStore lease = stores.lease("a");
      CompletableFuture<Void> use =
          CompletableFuture.runAsync(() -> lease.send(List.of(new Command.Get("k"))).join());
      lease.close();
      use.get(20, TimeUnit.SECONDS);
    }

    assertThat(opened).allSatisfy(store -> assertThat(store.closings).hasValue(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(ItemStore store) {
    assertThat(store.send(List.of()).join()).isEmpty();
  }

  /** A store that remembers what it was opened for and how often it was closed. */
  private static final class OpenedStore implements ItemStore {

    private final String connection;
    private final AtomicInteger closings = new AtomicInteger();

    OpenedStore(String connection) {
      this.connection = connection;
    }

    @Override
    public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public KeyScan scan(String prefix) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void invalidate(String prefix, List<String> keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
      return null;
    }

    @Override
    public void close() {
      closings.incrementAndGet();
    }
  }
}
