package org.jcachememcached.internal.store.memcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExptimeTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long THIRTY_DAYS = TimeUnit.DAYS.toMillis(30);

  @Test
  void foreverIsNever() {
    assertThat(Exptime.of(Item.FOREVER, NOW)).isEqualTo(Exptime.NEVER);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "999, 2", "1000, 2", "1001, 3", "2000, 3", "60000, 61"})
  void roundsUpAndAddsTheSecondThatClockMayLack(long millis, long seconds) {
    assertThat(Exptime.of(NOW + millis, NOW)).isEqualTo(seconds);
  }

  @Test
  void noEndIsForever() {
    assertThat(Exptime.keepUntil(ReplyReader.NO_END, NOW)).isEqualTo(Item.FOREVER);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1000", "61, 60000"})
  void takesTheAddedSecondOffAgain(long secondsLeft, long millis) {
    assertThat(Exptime.keepUntil(secondsLeft, NOW)).isEqualTo(NOW + millis);
    assertThat(Exptime.keepUntil(secondsLeft, NOW + 999)).isEqualTo(NOW + millis);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "60", "86400", "2591999", "2592000"})
  void isTheSameWhenItIsWrittenBackAtOnce(long secondsLeft) {
    for (long now = NOW; now < NOW + 1000; now++) {
      assertThat(Exptime.of(Exptime.keepUntil(secondsLeft, now), now)).isEqualTo(secondsLeft);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-1700000000000"})
  void isOverSoonWhenTimeHasPassed(long millis) {
    assertThat(Exptime.of(NOW + millis, NOW)).isOne();
  }

  @Test
  void isDateBeyondThirtyDays() {
    assertThat(Exptime.of(NOW + THIRTY_DAYS - 1000, NOW)).isEqualTo(THIRTY_DAYS / 1000);
    assertThat(Exptime.of(NOW + THIRTY_DAYS, NOW)).isEqualTo((NOW + THIRTY_DAYS) / 1000 + 1);
  }

  @Test
  void isNeverWhenDateDoesNotFit() {
    long lastDate = (Integer.MAX_VALUE - 1L) * 1000;
    assertThat(Exptime.of(lastDate, NOW)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Exptime.of(lastDate + 1, NOW)).isEqualTo(Exptime.NEVER);
    assertThat(Exptime.of(Item.FOREVER - 1, NOW)).isEqualTo(Exptime.NEVER);
  }
}
