package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.BlockingClient;
import org.jcachememcached.testing.LossyLink;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a network which loses packets costs no more than it costs the plainest client. */
class PacketLossIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration DURATION = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final int THREADS = 8;
  private static final int KEYS = 1000;
  private static final String VALUE = "x".repeat(100);

  /** How much more of the calls may fail than of a plain blocking client's. */
  private static final double FACTOR = 3;

  /** What may fail of so few calls that their number is chance. */
  private static final double CHANCE = 0.01;

  private final ExecutorService executor = Executors.newFixedThreadPool(2 * THREADS);

  /** Makes a call on a key, a put or a get; says whether it was answered. */
  private interface Caller {
    boolean call(String key, boolean put);
  }

  private record Score(int calls, int failures) {

    double failed() {
      return (double) failures / calls;
    }

    Score plus(Score other) {
      return new Score(calls + other.calls, failures + other.failures);
    }
  }

  @AfterEach
  void endThreads() {
    executor.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.2})
  void costsNoMoreThanThreeTimesWhatItCostsBlockingSockets(double loss) {
    // A server that stands still as well is down indeed.
    undisturbed(() -> assertThatLossCostsLittle(loss));
  }

  private void assertThatLossCostsLittle(double loss) {
    try (MemcachedServer server = MemcachedServer.start();
        LossyLink watchdog = new LossyLink(server.socketAddress(), loss, 1);
        LossyLink linkOfOthers = new LossyLink(server.socketAddress(), loss, 2);
        MemcachedStore store = open(watchdog)) {
      CompletableFuture<Score> score = run(i -> callerOf(store));
      CompletableFuture<Score> blocking = run(i -> callerOf(linkOfOthers));

      assertThat(score.join().failed())
          .as("failed of %s, of the blocking clients %s", score.join(), blocking.join())
          .isLessThan(FACTOR * blocking.join().failed() + CHANCE);
    }
  }

  private CompletableFuture<Score> run(IntFunction<Caller> callers) {
    return IntStream.range(0, THREADS)
        .mapToObj(i -> score(callers.apply(i), i, executor))
        .reduce((a, b) -> a.thenCombine(b, Score::plus))
        .orElseThrow();
  }

  private static CompletableFuture<Score> score(Caller caller, int seed, Executor executor) {
    return CompletableFuture.supplyAsync(
        () -> {
          SplittableRandom random = new SplittableRandom(seed);
          long end = System.nanoTime() + DURATION.toNanos();
          int calls = 0;
          int failures = 0;
          while (System.nanoTime() < end) {
            calls++;
            if (!caller.call("key" + random.nextInt(KEYS), random.nextInt(4) == 0)) {
              failures++;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
          }
          return new Score(calls, failures);
        },
        executor);
  }

  private static Caller callerOf(LossyLink watchdog) {
    BlockingClient client = new BlockingClient(watchdog.address(), TIMEOUT);
    return (key, put) -> put ? client.set(key, VALUE) : client.hasAnswered(key);
  }

  private static Caller callerOf(MemcachedStore store) {
    Item item = new Item(0, VALUE.getBytes(US_ASCII), Item.FOREVER);
    return (key, put) -> {
      Command command = put ? new Command.Set(key, item) : new Command.Get(key);
      boolean answered = store.send(List.of(command)).join().get(0).status() != Reply.Status.FAILED;
      if (put && !answered) {
        store.invalidate(key, List.of(key));
      }
      return answered;
    };
  }

  private static MemcachedStore open(LossyLink watchdog) {
    Server server = new Server("127.0.0.1", watchdog.address().getPort(), 1);
    return new MemcachedStore(
        List.of(server), DefaultOptions.withTimeout(TIMEOUT), InstantSource.system());
  }
}
