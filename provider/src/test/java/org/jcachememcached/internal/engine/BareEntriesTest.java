package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.FakeClock;
import org.jcachememcached.testing.LateStore;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Test;

/** What is different when the store alone knows when an entry ends and who wrote it. */
class BareEntriesTest {

  private static final CreatedExpiryPolicy SECOND =
      new CreatedExpiryPolicy(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 1));

  private final FakeClock clock = new FakeClock();
  private final MemoryStore memory = new MemoryStore(clock);
  private final FailingStore failing = new FailingStore(memory);
  private final RecordingWriter writer = new RecordingWriter();

  @Test
  void endWhenTheStoreForgetsThem() {
    BareEntries entries = new BareEntries(failing, clock, SECOND, null);
    entries.put("k", "1");

    clock.advance(Duration.ofMillis(999));
    assertThat(entries.get("k")).isEqualTo("1");

    clock.advance(Duration.ofMillis(1));
    assertThat(entries.get("k")).isNull();
    assertThat(stored()).isEmpty();
  }

  @Test
  void keepTheirEndWhenTheyAreChanged() {
    BareEntries entries = new BareEntries(failing, clock, SECOND, null);
    entries.put("k", "1");
    clock.advance(Duration.ofMillis(600));
    entries.put("k", "2");

    clock.advance(Duration.ofMillis(399));
    assertThat(entries.getAndPut("k", "3")).isEqualTo("2");
    assertThat(entries.get("k")).isEqualTo("3");

    clock.advance(Duration.ofMillis(1));
    assertThat(entries.get("k")).isNull();
  }

  @Test
  void areLiveAsLongAsTheStoreHasThem() {
    BareEntries entries = new BareEntries(new LateStore(memory), clock, SECOND, null);
    entries.put("k", "1");

    clock.advance(Duration.ofMillis(1500));

    assertThat(entries.get("k")).isEqualTo("1");
    assertThat(entries.getAndPut("k", "2")).isEqualTo("1");
    assertThat(entries.get("k")).isEqualTo("2");
  }

  @Test
  void areStoredAgainWhenTheLostStoreDidNotHappen() {
    BareEntries entries = eternal();
    entries.put("k", "1");
    failing.loseCommand(any(Command.CompareAndSet.class));

    assertThat(entries.getAndPut("k", "2")).isEqualTo("1");
    assertThat(entries.get("k")).isEqualTo("2");
  }

  @Test
  void doNotTellWhoWroteThem() {
    BareEntries entries = eternal();
    entries.put("k", "1");
    failing.loseAnswer(any(Command.CompareAndSet.class));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> entries.getAndPut("k", "2"))
        .matches(StoreException::isOutcomeUnknown);
  }

  @Test
  void areDeletedInsteadOfBuried() {
    BareEntries entries = new BareEntries(failing, clock, new EternalExpiryPolicy(), writer);
    entries.put("k", "1");

    assertThat(entries.remove("k")).isTrue();
    assertThat(entries.remove("k")).isFalse();

    assertThat(stored()).isEmpty();
    assertThat(writer.database()).isEmpty();
  }

  @Test
  void areDeletedWhenTheWriterKnowsMoreThanTheCache() {
    BareEntries entries = new BareEntries(failing, clock, new EternalExpiryPolicy(), writer);
    entries.put("k", "1");
    failing.fail(any(Command.CompareAndSet.class), StoreException.Reason.REJECTED);

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> entries.put("k", "2"));

    assertThat(stored()).isEmpty();
    assertThat(writer.database()).containsEntry("k", "2");
  }

  @Test
  void haveNoRoomForTheKeyBehindAHash() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> eternal().put("k".repeat(300), "1"))
        .withMessageContaining("only values in an envelope can go with");
    assertThat(stored()).isEmpty();
  }

  private BareEntries eternal() {
    return new BareEntries(failing, clock, new EternalExpiryPolicy(), null);
  }

  private List<String> stored() {
    return memory.scan("").nextPage(10);
  }
}
