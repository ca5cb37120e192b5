package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StampedeProtectionTest {

  private static final int MANY = 64;

  private final Caching caching = Caching.inMemory();
  private final Service service = caching.instance(Service.class);
  private final Crowd crowd = new Crowd();

  @AfterEach
  void close() {
    crowd.close();
    caching.close();
  }

  @Test
  void computesOnceForManyThreads() throws Exception {
    List<Future<String>> callers = crowd.start(MANY, () -> service.slow("a"));
    crowd.awaitWaiting(MANY - 1, Computations.class);
    service.goOn.countDown();

    for (Future<String> caller : callers) {
      assertThat(Crowd.get(caller)).isEqualTo("value of a");
    }
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void computesOnceHoweverTheThreadsCome() throws Exception {
    service.goOn.countDown();
    for (int round = 0; round < 200; round++) {
      String key = "key " + round;
      for (Future<String> caller : crowd.start(8, () -> service.slow(key))) {
        assertThat(Crowd.get(caller)).isEqualTo("value of " + key);
      }
      assertThat(service.calls).hasValue(round + 1);
    }
  }

  @Test
  void computesOnceForAllInjectorsOfAJvm() throws Exception {
    Service other = caching.instance(Service.class);
    Future<String> first = crowd.start(() -> service.slow("a"));
    assertThat(service.begun.await(30, SECONDS)).isTrue();
    Future<String> second = crowd.start(() -> other.slow("a"));
    crowd.awaitWaiting(1, Computations.class);
    service.goOn.countDown();

    assertThat(Crowd.get(first)).isEqualTo(Crowd.get(second));
    assertThat(other.calls).hasValue(0);
  }

  @Test
  void computesOtherKeysMeanwhile() throws Exception {
    Future<String> blocked = crowd.start(() -> service.slow("a"));
    assertThat(service.begun.await(30, SECONDS)).isTrue();

    assertThat(service.square(4)).isEqualTo(16);

    service.goOn.countDown();
    assertThat(Crowd.get(blocked)).isEqualTo("value of a");
  }

  @Test
  void throwsTheExceptionToAllWhoWaited() {
    List<Future<String>> callers = crowd.start(MANY, () -> service.failing("a"));
    crowd.awaitWaiting(MANY - 1, Computations.class);
    service.goOn.countDown();

    for (Future<String> caller : callers) {
      assertThatThrownBy(() -> Crowd.get(caller))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void doesNotHandOnWhatBefellTheThreadThatComputed() throws Exception {
    service.error = new StackOverflowError();
    Future<String> first = crowd.start(() -> service.failingOnce("a"));
    assertThat(service.begun.await(30, SECONDS)).isTrue();
    Future<String> second = crowd.start(() -> service.failingOnce("a"));
    crowd.awaitWaiting(1, Computations.class);
    service.goOn.countDown();

    assertThatThrownBy(() -> Crowd.get(first)).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(Crowd.get(second)).isEqualTo("second attempt");
  }

  @Test
  void runsAMethodThatCallsItselfWithTheSameKey() {
    assertThat(service.recursive("a")).isEqualTo("inner of a");
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void seesThroughMethodsThatWaitForEachOther() throws Exception {
    Future<String> first = crowd.start(() -> service.left("a"));
    Future<String> second = crowd.start(() -> service.right("a"));

    assertThat(List.of(Crowd.get(first), Crowd.get(second))).containsOnly("the end");
  }

  @Test
  void runsTheMethodWhenPatienceIsOver() throws Exception {
    Service impatient =
        caching.instance(Service.class, caching.module().stampedePatience(Duration.ofMillis(50)));
    Future<String> blocked = crowd.start(() -> impatient.slowFirst("a"));
    assertThat(impatient.begun.await(30, SECONDS)).isTrue();

    assertThat(impatient.slowFirst("a")).isEqualTo("call 2");

    impatient.goOn.countDown();
    assertThat(Crowd.get(blocked)).isEqualTo("call 1");
  }

  @Test
  void runsTheMethodInterruptedWhenTheCallerIsInterrupted() throws Exception {
    Future<String> first = crowd.start(() -> service.slowFirst("a"));
    assertThat(service.begun.await(30, SECONDS)).isTrue();
    AtomicBoolean wasInterrupted = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              service.slowFirst("a");
              wasInterrupted.set(Thread.interrupted());
            });
    waiting.start();
    waiting.interrupt();
    waiting.join(30_000);

    assertThat(wasInterrupted).isTrue();
    assertThat(service.calls).hasValue(2);
    service.goOn.countDown();
    Crowd.get(first);
  }

  @Test
  void canBeSwitchedOff() throws Exception {
    Service unprotected =
        caching.instance(Service.class, caching.module().stampedeProtection(false));
    List<Future<String>> callers = crowd.start(2, () -> unprotected.meeting("a"));

    for (Future<String> caller : callers) {
      assertThat(Crowd.get(caller)).isEqualTo("met");
    }
  }

  @Test
  void asksTheCacheOnceForAMissAsARule() {
    caching.manager().createCache("squares", Statistics.configuration());
    service.square(3);

    assertThat(Statistics.misses(caching.manager(), "squares")).isEqualTo(1);
  }

  @Test
  void looksForAHitOnce() {
    caching.manager().createCache("squares", Statistics.configuration());
    service.square(3);
    service.square(3);

    assertThat(Statistics.hits(caching.manager(), "squares")).isEqualTo(1);
    assertThat(Statistics.misses(caching.manager(), "squares")).isEqualTo(1);
  }

  @Test
  void doesNotCacheWhatWasRemovedWhileItWasComputed() throws Exception {
    assertChangeWins(() -> service.remove("a"), "call 2");
  }

  @Test
  void doesNotCacheWhatWasClearedWhileItWasComputed() throws Exception {
    assertChangeWins(service::removeAll, "call 2");
  }

  @Test
  void doesNotCacheOverWhatWasPutWhileItWasComputed() throws Exception {
    assertChangeWins(() -> service.put("a", "put"), "put");
  }

  private void assertChangeWins(Runnable change, String valueAfterwards) throws Exception {
    Future<String> outdated = crowd.start(() -> service.slowFirst("a"));
    assertThat(service.begun.await(30, SECONDS)).isTrue();
    change.run();

    assertThat(service.slowFirst("a")).isEqualTo(valueAfterwards);
    service.goOn.countDown();
    assertThat(Crowd.get(outdated)).isEqualTo("call 1");
    assertThat(service.slowFirst("a")).isEqualTo(valueAfterwards);
  }

  @Singleton
  @CacheDefaults(cacheName = "shared")
  static class Service {

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final CyclicBarrier meeting = new CyclicBarrier(2);
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    volatile Error error = new Error();

    @CacheResult(cacheName = "squares")
    int square(int number) {
      return number * number;
    }

    @CacheResult
    String slow(String key) throws InterruptedException {
      calls.incrementAndGet();
      begun.countDown();
      goOn.await();
      return "value of " + key;
    }

    @CacheResult
    String slowFirst(String key) {
      int call = calls.incrementAndGet();
      if (call == 1) {
        begun.countDown();
        awaitUninterruptibly();
      }
      return "call " + call;
    }

    private void awaitUninterruptibly() {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @CacheResult
    String failing(String key) throws Exception {
      calls.incrementAndGet();
      goOn.await();
      throw new IOException(key);
    }

    @CacheResult
    String failingOnce(String key) throws Exception {
      if (calls.incrementAndGet() > 1) {
        return "second attempt";
      }
      begun.countDown();
      goOn.await();
      throw error;
    }

    @CacheResult
    String recursive(String key) {
      return calls.incrementAndGet() == 1 ? recursive(key) : "inner of " + key;
    }

    @CacheResult(cacheName = "left")
    String left(String key) throws Exception {
      return meetAndCall(() -> right(key));
    }

    @CacheResult(cacheName = "right")
    String right(String key) throws Exception {
      return meetAndCall(() -> left(key));
    }

    private String meetAndCall(Callable<String> other) throws Exception {
      depth.set(depth.get() + 1);
      if (depth.get() > 1) {
        return "the end";
      }
      both.await(30, SECONDS);
      return other.call();
    }

    @CacheResult
    String meeting(String key) throws Exception {
      meeting.await(30, SECONDS);
      return "met";
    }

    @CacheRemove
    void remove(String key) {}

    @CacheRemoveAll
    void removeAll() {}

    @CachePut
    void put(String key, @CacheValue String value) {}
  }
}
