package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PermitsTest {

  private final UptimeClock uptime = new UptimeClock(System::nanoTime, Duration.ofSeconds(1));
  private final Permits permits = new Permits(2, 100, uptime);
  private final Permits spacious = new Permits(8, 100, uptime);

  @Test
  void boundsRequests() {
    assertThat(permits.acquire(1)).isTrue();
    assertThat(permits.acquire(1)).isTrue();
    assertThat(permits.acquire(1)).isFalse();

    permits.release(1);
    assertThat(permits.acquire(1)).isTrue();
  }

  @Test
  void boundsBytes() {
    assertThat(permits.acquire(101)).isFalse();
    assertThat(permits.acquire(60)).isTrue();
    assertThat(permits.acquire(41)).isFalse();
    assertThat(permits.acquire(40)).isTrue();
  }

  @Test
  void takesNothingForWhatItRefuses() {
    permits.acquire(60);
    permits.acquire(60);

    assertThat(permits.requests()).isEqualTo(1);
    assertThat(permits.bytes()).isEqualTo(60);
    permits.release(60);
    assertThat(permits.requests()).isZero();
    assertThat(permits.bytes()).isZero();
  }

  @Test
  void namesTheLimitsAndTheirSettings() {
    permits.acquire(60);

    assertThat(permits.toString())
        .isEqualTo(
            "1 requests of 60 bytes, allowed are 2 (setting 'max.requests') and 100"
                + " (setting 'max.bytes')");
  }

  @Test
  void givesThemInTurnToThoseWhoWait() {
    Applicant first = new Applicant();
    Applicant second = new Applicant();
    assertThat(spacious.acquire(60)).isTrue();

    assertThat(spacious.apply(50, first)).isFalse();
    assertThat(spacious.apply(10, second)).isFalse();
    assertThat(spacious.isWaitedFor()).isTrue();
    spacious.release(60);

    assertThat(first.admitted).isTrue();
    assertThat(second.admitted).isTrue();
    assertThat(spacious.bytes()).isEqualTo(60);
    assertThat(spacious.isWaitedFor()).isFalse();
  }

  /** So it is when the server is down and every request fails as soon as it may be sent. */
  @Test
  void anyNumberMayReturnTheirPermitAtOnce() {
    int count = 100_000;
    AtomicInteger admitted = new AtomicInteger();
    spacious.acquire(60);
    for (int i = 0; i < count; i++) {
      spacious.apply(50, new Returning(spacious, admitted));
    }

    spacious.release(60);

    assertThat(admitted).hasValue(count);
    assertThat(spacious.bytes()).isZero();
    assertThat(spacious.isWaitedFor()).isFalse();
  }

  @Test
  void anApplicantThatFailsDoesNotKeepTheOthersWaiting() {
    Applicant second = new Applicant();
    spacious.acquire(60);
    spacious.apply(
        30,
        new Applicant() {
          @Override
          public void admit() {
            throw new IllegalStateException("scripted");
          }
        });
    spacious.apply(10, second);

    spacious.release(60);

    assertThat(second.admitted).isTrue();
  }

  /** Needs its permit no more when it gets it. */
  private record Returning(Permits permits, AtomicInteger admitted) implements Permits.Applicant {

    @Override
    public void admit() {
      admitted.incrementAndGet();
      permits.release(50);
    }

    @Override
    public void refuse(StoreException because) {
      throw because;
    }
  }

  @Test
  void keepsHalfForThoseWhoDoNotWait() {
    assertThat(spacious.apply(30, new Applicant())).isTrue();
    assertThat(spacious.apply(30, new Applicant())).isTrue();
    assertThat(spacious.apply(30, new Applicant())).isFalse();
    assertThat(spacious.acquire(30)).isTrue();
  }

  @Test
  void letsLargestOneThroughThatMayBeUnderWay() {
    assertThat(spacious.apply(100, new Applicant())).isTrue();
    assertThat(new Permits(1, 100, uptime).apply(100, new Applicant())).isTrue();
  }

  @Test
  void refusesThoseWhoWaitTooLong() {
    Applicant applicant = new Applicant();
    StoreException because =
        StoreException.withoutEffect(StoreException.Reason.REJECTED, "too long", null);
    spacious.acquire(60);
    spacious.apply(30, applicant);

    spacious.refuseWaiting(uptime.now() - 1_000_000_000, because);
    assertThat(applicant.refusedBecause).isNull();
    spacious.refuseWaiting(uptime.now(), because);

    assertThat(applicant.refusedBecause).isSameAs(because);
    spacious.release(60);
    assertThat(applicant.admitted).isFalse();
    assertThat(spacious.bytes()).isZero();
  }

  @Test
  void letsNoApplicantWaitOnceClosed() {
    Applicant applicant = new Applicant();
    StoreException because =
        StoreException.withoutEffect(StoreException.Reason.REJECTED, "closed", null);
    spacious.acquire(60);
    spacious.apply(30, applicant);

    spacious.close(because);

    assertThat(applicant.refusedBecause).isSameAs(because);
    assertThat(spacious.apply(30, new Applicant())).isTrue();
  }

  private static class Applicant implements Permits.Applicant {

    private boolean admitted;
    private @Nullable StoreException refusedBecause;

    @Override
    public void admit() {
      admitted = true;
    }

    @Override
    public void refuse(StoreException because) {
      refusedBecause = because;
    }
  }
}
