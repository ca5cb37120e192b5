package org.jcachememcached.internal.store.memcached.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Objects;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.Test;

class KeySpoolTest {

  @Test
  void doesNotWaitForEverForCrawlThatHasStopped() {
    KeySpool spool = new KeySpool(Duration.ofMillis(5));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(spool::take)
        .withMessageContaining("5 ms")
        .extracting(StoreException::reason)
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void handsOverWhatWasFound() throws Exception {
    KeySpool spool = new KeySpool(Duration.ofSeconds(10));
    spool.add("key".getBytes(US_ASCII), 3);
    spool.end(null);

    assertThat(Objects.requireNonNull(spool.take()).remaining()).isEqualTo(4);
    assertThat(spool.take()).isNull();
  }

  @Test
  void failsAsTheCrawlDid() {
    KeySpool spool = new KeySpool(Duration.ofSeconds(10));
    StoreException because = StoreException.withoutEffect(Reason.UNREACHABLE, "gone", null);
    spool.end(because);

    assertThatExceptionOfType(StoreException.class).isThrownBy(spool::take).isSameAs(because);
  }
}
