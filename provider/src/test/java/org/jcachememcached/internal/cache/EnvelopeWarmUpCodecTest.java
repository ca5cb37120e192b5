package org.jcachememcached.internal.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

/** How long items are kept that are carried to other servers. */
class EnvelopeWarmUpCodecTest {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final FakeClock clock = new FakeClock();
  private final EnvelopeWarmUpCodec codec = new EnvelopeWarmUpCodec(clock);

  @Test
  void itemInNoEnvelopeIsKeptAsLongAsBefore() {
    long end = clock.millis() + MINUTE;

    assertThat(codec.migrated(bare(end))).extracting(Item::keepUntil).isEqualTo(end);
    assertThat(codec.migrated(bare(Item.FOREVER)))
        .extracting(Item::keepUntil)
        .isEqualTo(Item.FOREVER);
  }

  /** A server that has the item reports the end of its last second too early. */
  @Test
  void itemWithoutDeadlineIsOverWhenItsStoreForgetsIt() {
    long end = clock.millis() + MINUTE;
    StoredItem bare = bare(end);
    StoredItem enveloped = enveloped(Item.FOREVER, end);
    clock.advance(Duration.ofMinutes(1));

    assertThat(codec.migrated(bare)).extracting(Item::keepUntil).isEqualTo(end);
    assertThat(codec.migrated(enveloped)).extracting(Item::keepUntil).isEqualTo(end);
  }

  @Test
  void envelopeWithoutDeadlineIsKeptAsLongAsBefore() {
    long end = clock.millis() + MINUTE;

    assertThat(codec.migrated(enveloped(Item.FOREVER, end)))
        .extracting(Item::keepUntil)
        .isEqualTo(end);
    assertThat(codec.migrated(enveloped(Item.FOREVER, Item.FOREVER)))
        .extracting(Item::keepUntil)
        .isEqualTo(Item.FOREVER);
  }

  @Test
  void envelopeIsKeptForAWhileAfterItsDeadline() {
    long deadline = clock.millis() + MINUTE;
    StoredItem original = enveloped(deadline, deadline + 5 * MINUTE);

    assertThat(codec.migrated(original)).extracting(Item::keepUntil).isEqualTo(deadline + MINUTE);
    clock.advance(Duration.ofMinutes(2));
    assertThat(codec.migrated(original)).isNull();
  }

  @Test
  void tagsStayInCopies() {
    List<TagVersion> tags = List.of(new TagVersion("tag", 42));
    Envelope tagged =
        Envelope.seal(new EncodedValue(2, new byte[] {'a'}), Item.FOREVER, 1, null, tags);
    StoredItem original = new StoredItem(tagged.flags(), tagged.data(), 1, Item.FOREVER);

    Item migrated = codec.migrated(original);
    Item copy = codec.copy(requireNonNull(migrated));

    assertThat(Envelope.open(copy.flags(), copy.data()).tags()).isEqualTo(tags);
    assertThat(codec.isCopy(new StoredItem(copy.flags(), copy.data(), 2, Item.FOREVER))).isTrue();
  }

  private static StoredItem bare(long keepUntil) {
    return new StoredItem(0, "of another client".getBytes(UTF_8), 1, keepUntil);
  }

  private static StoredItem enveloped(long deadline, long keepUntil) {
    Envelope envelope = Envelope.seal(new EncodedValue(2, new byte[] {'a'}), deadline, 1, null);
    return new StoredItem(envelope.flags(), envelope.data(), 1, keepUntil);
  }
}
