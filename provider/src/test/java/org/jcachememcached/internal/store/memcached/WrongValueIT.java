package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/**
 * No caller gets another key's value, whatever happens to connections. The client underneath, as it
 * comes, hands out thousands of wrong values here.
 */
class WrongValueIT {

  private static final int THREADS = 8;
  private static final int KEYS = 400;
  private static final int BATCH = 100;
  private static final int READS = 100_000;
  private static final int LARGE = 100_000;
  private static final String LARGE_KEYS = "large";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final LongAdder reads = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void connectionsThatBreakInTheMiddleOfLargeWrites() throws Exception {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy.host(), proxy.port())) {
      underLoad(
          store,
          () -> {
            proxy.cutAfter(ThreadLocalRandom.current().nextInt(1, 5_000_000));
            // The client reconnects after a second.
            Thread.sleep(1800);
            return proxy.cuts() >= 6;
          });
    }
  }

  @Test
  void serversThatHang() throws Exception {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.host(), server.port())) {
      underLoad(
          store,
          () -> {
            server.suspend();
            Thread.sleep(ThreadLocalRandom.current().nextInt(700, 1500));
            server.resume();
            Thread.sleep(500);
            return true;
          });
    }
  }

  private static MemcachedStore open(String host, int port) {
    List<Server> servers = List.of(new Server(host, port, 1));
    return new MemcachedStore(
        servers, DefaultOptions.withTimeout(Duration.ofMillis(500)), InstantSource.system());
  }

  /** One fault after the other. */
  private interface Faults {
    /** Causes a fault; whether there have been enough. */
    boolean cause() throws InterruptedException;
  }

  private void underLoad(MemcachedStore store, Faults faults) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(() -> readAndWrite(store)));
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      boolean caused = false;
      while ((!caused || reads.sum() < READS) && System.nanoTime() < deadline) {
        caused = faults.cause();
      }
      enough.set(true);
      for (Future<?> worker : workers) {
        worker.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.printf("%s reads, %s wrong, %s failed commands%n", reads, wrong, failed);
    assertThat(wrong.sum()).isZero();
    assertThat(failed.sum()).isPositive();
    assertThat(reads.sum()).isGreaterThanOrEqualTo(READS);
  }

  private void readAndWrite(MemcachedStore store) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    while (!enough.get()) {
      if (random.nextInt(20) == 0) {
        write(store, randomKeys(random, LARGE_KEYS, 5), LARGE);
      } else if (random.nextInt(5) == 0) {
        write(store, randomKeys(random, "key", BATCH), 0);
      } else if (random.nextBoolean()) {
        read(store, randomKeys(random, random.nextBoolean() ? LARGE_KEYS : "key", 1));
      } else {
        read(store, randomKeys(random, "key", BATCH));
      }
    }
  }

  private static List<String> randomKeys(ThreadLocalRandom random, String name, int count) {
    int first = random.nextInt(KEYS);
    return IntStream.range(0, count).mapToObj(i -> name + (first + i) % KEYS).toList();
  }

  private void write(MemcachedStore store, List<String> keys, int padding) {
    List<Command.Set> sets = new ArrayList<>();
    for (String key : keys) {
      sets.add(new Command.Set(key, new Item(key.hashCode(), value(key, padding), Item.FOREVER)));
    }
    count(store.send(sets).join());
  }

  private void read(MemcachedStore store, List<String> keys) {
    List<Reply> replies = store.send(keys.stream().map(Command.Get::new).toList()).join();
    count(replies);
    for (int i = 0; i < keys.size(); i++) {
      StoredItem item = replies.get(i).item();
      if (item != null) {
        reads.increment();
        if (!belongsTo(keys.get(i), item)) {
          wrong.increment();
        }
      }
    }
  }

  private void count(List<Reply> replies) {
    long failures = replies.stream().filter(reply -> reply.status() == Status.FAILED).count();
    failed.add(failures);
    if (failures > 0) {
      // A server that is down fails requests at once; do not send them all the time.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static byte[] value(String key, int padding) {
    byte[] name = (key + ";").getBytes(US_ASCII);
    return Arrays.copyOf(name, name.length + padding);
  }

  private static boolean belongsTo(String key, StoredItem item) {
    byte[] name = value(key, 0);
    return item.flags() == key.hashCode()
        && item.data().length >= name.length
        && Arrays.equals(item.data(), 0, name.length, name, 0, name.length);
  }
}
