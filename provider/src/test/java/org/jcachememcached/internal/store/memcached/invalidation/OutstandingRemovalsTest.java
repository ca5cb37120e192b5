package org.jcachememcached.internal.store.memcached.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Reply;
import org.junit.jupiter.api.Test;

/** What one store leaves behind, another one removes. */
class OutstandingRemovalsTest {

  private static final Server SERVER = new Server("Cache.example", 11211, 1);

  private final OutstandingRemovals outstanding = new OutstandingRemovals();
  private final List<String> removed = new ArrayList<>();

  private Invalidations open(Server server) {
    Invalidations invalidations =
        new Invalidations(
            new PendingInvalidations(100_000, 1).part(0),
            Duration.ofSeconds(1),
            new PromptRemover());
    outstanding.opened(server, invalidations);
    return invalidations;
  }

  @Test
  void areTakenOverByTheNextStoreOfTheServer() {
    Invalidations first = open(SERVER);
    first.add("a:", List.of("a:1", "a:2"));
    outstanding.closed(SERVER, first);

    Invalidations another = open(new Server("cache.example", 11212, 1));
    Invalidations next = open(new Server("cache.example", 11211, 3));

    assertThat(another.isEmpty()).isTrue();
    assertThat(next.pending()).isEqualTo(2);
    assertThat(next.replay()).isCompletedWithValue(true);
    assertThat(removed).containsExactly("a:1", "a:2");
    assertThat(open(SERVER).isEmpty()).isTrue();
  }

  @Test
  void areTakenOverByAStoreThatIsOpenAlready() {
    Invalidations first = open(SERVER);
    Invalidations second = open(SERVER);
    assertThat(second.replay()).isCompletedWithValue(true);
    first.add("a:", List.of("a:1"));

    outstanding.closed(SERVER, first);

    assertThat(removed).containsExactly("a:1");
  }

  @Test
  void ofSeveralStoresAddUp() {
    Invalidations first = open(SERVER);
    Invalidations second = open(SERVER);
    first.add("a:", List.of("a:1"));
    outstanding.closed(SERVER, first);
    second.add("a:", List.of("a:2"));
    outstanding.closed(SERVER, second);

    assertThat(open(SERVER).pending()).isEqualTo(2);
  }

  @Test
  void becomePrefixesWhenTheyAreTooMany() {
    Invalidations first = open(SERVER);
    first.add("a:", IntStream.range(0, 20_000).mapToObj(i -> "a:" + i).toList());
    outstanding.closed(SERVER, first);

    Invalidations next = open(SERVER);

    assertThat(next.pending()).isZero();
    assertThat(next.isEmpty()).isFalse();
  }

  @Test
  void ofTooManyServersAreForgottenOldestFirst() {
    for (int port = 1; port <= 65; port++) {
      Server server = new Server("host", port, 1);
      Invalidations invalidations = open(server);
      invalidations.add("a:", List.of("a:1"));
      outstanding.closed(server, invalidations);
    }

    assertThat(open(new Server("host", 1, 1)).pending()).isZero();
    assertThat(open(new Server("host", 2, 1)).pending()).isEqualTo(1);
  }

  @Test
  void areNoneWhenEverythingWasRemoved() {
    Invalidations first = open(SERVER);
    assertThat(first.replay()).isCompletedWithValue(true);
    first.add("a:", List.of("a:1"));
    first.settle(System.nanoTime());
    outstanding.closed(SERVER, first);

    assertThat(open(SERVER).isEmpty()).isTrue();
  }

  /** A server that removes at once. */
  private final class PromptRemover implements Remover {

    @Override
    public CompletableFuture<List<Reply>> remove(List<String> keys) {
      removed.addAll(keys);
      return CompletableFuture.completedFuture(keys.stream().map(key -> Reply.DONE).toList());
    }

    @Override
    public Sweep sweep(List<String> prefixes) {
      throw new AssertionError("Nothing is swept here: " + prefixes);
    }
  }
}
