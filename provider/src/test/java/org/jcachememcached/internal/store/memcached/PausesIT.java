package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** A JVM that stands still now and then, and timeouts so short that every tick is late. */
class PausesIT {

  private static final int[] PAUSES_MILLIS = {900, 1500, 900, 4000, 900};

  @Test
  void jvmThatStoodStillFindsItsServersHealthy() throws InterruptedException {
    // A server that stands still as well is down indeed.
    undisturbed(PausesIT::assertThatPausesGoUnnoticed);
  }

  private static void assertThatPausesGoUnnoticed() throws InterruptedException {
    try (MemcachedServer server = MemcachedServer.start();
        ChildJvm jvm = ChildJvm.start(LoadedClient.class, Integer.toString(server.port()))) {
      assertThat(jvm.readLine()).isEqualTo("running");
      for (int pause : PAUSES_MILLIS) {
        Thread.sleep(300);
        jvm.suspend();
        Thread.sleep(pause);
        jvm.resume();
      }
      Thread.sleep(300);

      assertThat(jvm.awaitEnd()).containsExactly("timeouts 0, failed calls 0, openings 0");
    }
  }

  /** Eight threads that read and write until the standard input ends. */
  static final class LoadedClient {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int THREADS = 8;

    private LoadedClient() {}

    public static void main(String[] arguments) throws Exception {
      Server server = new Server("127.0.0.1", Integer.parseInt(arguments[0]), 1);
      var mbeans = ManagementFactory.getPlatformMBeanServer();
      try (MemcachedStore store =
          new MemcachedStore(
              List.of(server), DefaultOptions.withTimeout(TIMEOUT), InstantSource.system())) {
        AtomicInteger failedCalls = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          String key = "key" + i;
          threads.add(new Thread(() -> load(store, key, over, failedCalls)));
        }
        threads.forEach(Thread::start);
        System.out.println("running");
        while (System.in.read() >= 0) {
          // Not the end yet.
        }
        over.set(true);
        for (Thread thread : threads) {
          thread.join();
        }
        System.out.println(report(mbeans, failedCalls.get()));
      }
    }

    private static void load(
        MemcachedStore store, String key, AtomicBoolean over, AtomicInteger failedCalls) {
      Command set = new Command.Set(key, new Item(0, new byte[100], Item.FOREVER));
      Command get = new Command.Get(key);
      while (!over.get()) {
        for (Command command : List.of(set, get)) {
          if (store.send(List.of(command)).join().get(0).status() == Status.FAILED) {
            failedCalls.incrementAndGet();
          }
        }
      }
    }

    private static String report(MBeanServer mbeans, int failedCalls) throws Exception {
      var pattern = new ObjectName("org.jcachememcached:type=Node,*");
      var node = mbeans.queryNames(pattern, null).iterator().next();
      return "timeouts %s, failed calls %d, openings %s"
          .formatted(
              mbeans.getAttribute(node, "Timeouts"),
              failedCalls,
              mbeans.getAttribute(node, "BreakerOpenings"));
    }
  }

  @Test
  void shortestTimeoutEnds() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server, Duration.ofMillis(10))) {
      awaitAnswer(store);
      server.suspend();

      undisturbed(() -> IntStream.range(0, 20).forEach(i -> assertThatCallFailsSoon(store)));
      server.resume();
    }
  }

  private static void assertThatCallFailsSoon(MemcachedStore store) {
    long begun = System.nanoTime();
    Reply reply = store.send(List.of(new Command.Get("key"))).join().get(0);
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);

    StoreException failure = Objects.requireNonNull(reply.failure());
    assertThat(failure.reason()).isIn(Reason.TIMEOUT, Reason.UNREACHABLE);
    // Twenty times as long, for a machine that is busy with other things.
    assertThat(taken).isLessThan(Duration.ofMillis(200));
  }

  private static void awaitAnswer(MemcachedStore store) {
    await()
        .until(
            () ->
                store.send(List.of(new Command.Get("key"))).join().get(0).status()
                    == Status.ABSENT);
  }

  private static MemcachedStore open(MemcachedServer server, Duration timeout) {
    List<Server> servers = List.of(new Server(server.host(), server.port(), 1));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(timeout), InstantSource.system());
  }
}
