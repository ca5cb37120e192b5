package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.thread.IdleTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BoundedFutureTest {

  private final CompletableFuture<String> answer =
      new BoundedFuture<>(new IdleTimeout(Duration.ofMillis(1)), new ParkingLoop());

  @Test
  void endsTheWaitForWhatNeverComes() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(answer::join)
        .withMessageContaining("within 1 ms");
  }

  @Test
  void endsTheWaitForWhatIsMadeOfIt() {
    CompletableFuture<Integer> derived =
        answer.thenApply(String::length).thenCompose(CompletableFuture::completedFuture);

    assertThatExceptionOfType(StoreException.class).isThrownBy(derived::join);
  }

  @Test
  void givesResultToInterruptedThread() {
    CompletableFuture<String> soon =
        new BoundedFuture<>(new IdleTimeout(Duration.ofSeconds(9)), new ParkingLoop());
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> soon.complete("result"));
    Thread.currentThread().interrupt();

    assertThat(soon.join()).isEqualTo("result");
    assertThat(Thread.interrupted()).isTrue();
    other.join();
  }

  @Test
  void failsAsAnyFutureDoes() {
    IllegalStateException failure = new IllegalStateException();
    answer.completeExceptionally(failure);

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(answer::join)
        .withCause(failure);
  }
}
