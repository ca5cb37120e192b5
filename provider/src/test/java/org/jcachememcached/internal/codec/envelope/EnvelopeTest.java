package org.jcachememcached.internal.codec.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final long DEADLINE = 0x0123_4567_89AB_CDEFL;
  private static final int ETERNAL_STRING = 0x4A43_1002;

  private static final List<TagVersion> TAGS =
      List.of(new TagVersion("ab", 1), new TagVersion("", -1));

  private final ValueCodec codec = Codecs.java();

  @Test
  void anEternalStringIsExactlyItsUtf8Bytes() {
    Envelope envelope =
        Envelope.seal(codec.encode("Grüße"), Item.FOREVER, Envelope.NO_WRITE_ID, null);

    assertThat(envelope.flags()).isEqualTo(ETERNAL_STRING);
    assertThat(envelope.data()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes are in the stores of users: none of these lines may ever change. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, 4A431007, 3432",
    "true,  false, false, 4A431207, 0123456789ABCDEF3432",
    "false, true,  false, 4A431807, FEDCBA98765432103432",
    "false, false, true,  4A431407, 00000003A0B0C03432",
    "true,  true,  true,  4A431E07, 0123456789ABCDEFFEDCBA987654321000000003A0B0C03432",
  })
  void theBytesAre(
      boolean expires, boolean conditional, boolean hashed, String flags, String data) {
    byte[] key = hashed ? bytes("A0B0C0") : null;
    long deadline = expires ? DEADLINE : Item.FOREVER;

    long writeId = conditional ? 0xFEDC_BA98_7654_3210L : Envelope.NO_WRITE_ID;

    Envelope sealed = Envelope.seal(codec.encode(42), deadline, writeId, key);

    assertThat(sealed.flags()).isEqualTo(HexFormat.fromHexDigits(flags));
    assertThat(sealed.data()).isEqualTo(bytes(data));
    assertHolds(Envelope.open(sealed.flags(), sealed.data()), deadline, writeId, key);
  }

  /** The same holds for these lines: the first is version 1 with a part more. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, 4A432007, 82026162000000000000000100FFFFFFFFFFFFFFFF3432",
    "true,  true,  true,  4A432E07, 0123456789ABCDEFFEDCBA987654321000000003A0B0C0"
        + "82026162000000000000000100FFFFFFFFFFFFFFFF3432",
  })
  void theBytesWithTagsAre(
      boolean expires, boolean conditional, boolean hashed, String flags, String data) {
    byte[] key = hashed ? bytes("A0B0C0") : null;
    long deadline = expires ? DEADLINE : Item.FOREVER;
    long writeId = conditional ? 0xFEDC_BA98_7654_3210L : Envelope.NO_WRITE_ID;

    Envelope sealed = Envelope.seal(codec.encode(42), deadline, writeId, key, TAGS);

    assertThat(sealed.flags()).isEqualTo(HexFormat.fromHexDigits(flags));
    assertThat(sealed.data()).isEqualTo(bytes(data));
    Envelope opened = Envelope.open(sealed.flags(), sealed.data());
    assertHolds(opened, deadline, writeId, key);
    assertThat(opened.tags()).isEqualTo(TAGS);
  }

  @Test
  void anotherDeadlineKeepsTheTags() {
    EncodedValue value = codec.encode("x");
    Envelope sealed = Envelope.seal(value, Item.FOREVER, Envelope.NO_WRITE_ID, null, TAGS);

    Envelope moved = Envelope.open(sealed.flags(), sealed.data()).withDeadline(DEADLINE);

    assertThat(moved.tags()).isEqualTo(TAGS);
    assertThat(moved.withDeadline(Item.FOREVER).data()).isEqualTo(sealed.data());
    assertThat(moved.value(codec)).isEqualTo("x");
  }

  private void assertHolds(Envelope envelope, long deadline, long writeId, byte @Nullable [] key) {
    assertThat(envelope.deadline()).isEqualTo(deadline);
    assertThat(envelope.writeId()).isEqualTo(writeId);
    assertThat(envelope.key()).isEqualTo(key);
    assertThat(envelope.codec()).isEqualTo(7);
    assertThat(envelope.payloadLength()).isEqualTo(2);
    assertThat(envelope.payloadOffset()).isEqualTo(envelope.data().length - 2);
    assertThat(envelope.value(codec)).isEqualTo(42);
  }

  @Test
  void anotherDeadlineChangesNothingElse() {
    forAll(
        samples ->
            anotherDeadlineChangesNothingElse(
                samples.anyLong(), samples.anyLong(), samples.anyBoolean(), samples.bytes()));
  }

  private void anotherDeadlineChangesNothingElse(
      long before, long after, boolean hashed, byte[] value) {
    byte[] key = hashed ? bytes("A0B0C0") : null;
    EncodedValue encoded = codec.encode(value);
    Envelope sealed = Envelope.seal(encoded, before, Envelope.NO_WRITE_ID, key);

    Envelope moved = Envelope.open(sealed.flags(), sealed.data()).withDeadline(after);
    Envelope direct = Envelope.seal(encoded, after, Envelope.NO_WRITE_ID, key);

    assertThat(moved.flags()).isEqualTo(direct.flags());
    assertThat(moved.data()).isEqualTo(direct.data());
    assertThat(moved.value(codec)).isEqualTo(value);
  }

  @Test
  void anEternalDeadlineTakesTheHeadAway() {
    Envelope expiring = Envelope.seal(codec.encode("x"), DEADLINE, Envelope.NO_WRITE_ID, null);

    assertThat(expiring.withDeadline(Item.FOREVER).flags()).isEqualTo(ETERNAL_STRING);
    assertThat(expiring.withDeadline(Item.FOREVER).data()).isEqualTo(bytes("78"));
  }

  @Test
  void openKeepsTheArray() {
    byte[] data = bytes("78");

    assertThat(Envelope.open(ETERNAL_STRING, data).data()).isSameAs(data);
  }

  @Test
  void withoutDeadlineItExpiresWhenItsStoreDropsIt() {
    Envelope envelope = Envelope.open(ETERNAL_STRING, bytes("78"), 10_000);

    assertThat(envelope.endsAtStore()).isTrue();
    assertThat(envelope.deadline()).isEqualTo(10_000);
    assertThat(envelope.isExpired(11_999)).isFalse();
    assertThat(envelope.isExpired(12_000)).isTrue();
    assertThat(envelope.withDeadline(Item.FOREVER).data()).isEqualTo(bytes("78"));
    assertThat(Envelope.open(ETERNAL_STRING, bytes("78")).isExpired(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void itsOwnDeadlineComesFirst() {
    Envelope sealed = Envelope.seal(codec.encode("x"), 20_000, Envelope.NO_WRITE_ID, null);

    Envelope envelope = Envelope.open(sealed.flags(), sealed.data(), 10_000);

    assertThat(envelope.endsAtStore()).isFalse();
    assertThat(envelope.deadline()).isEqualTo(20_000);
    assertThat(envelope.isExpired(19_999)).isFalse();
    assertThat(envelope.isExpired(20_000)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 32, 0x0F00, 0xFA52, 0xFFFF, 0x1002, -1, 0x4A42_1002})
  void whatAnotherClientWroteIsRefused(int flags) {
    assertThatThrownBy(() -> Envelope.open(flags, bytes("78")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("another client");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x4A43_0002, 0x4A43_3002, 0x4A43_F002})
  void anotherVersionIsRefused(int flags) {
    assertThatThrownBy(() -> Envelope.open(flags, bytes("78")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("version");
  }

  @Test
  void whatIsCompressedStaysSoWithAnotherDeadline() {
    EncodedValue compressed = new EncodedValue(EncodedValue.COMPRESSED | 2, bytes("0100000001AB"));
    Envelope sealed = Envelope.seal(compressed, DEADLINE, Envelope.NO_WRITE_ID, null);

    Envelope eternal = Envelope.open(sealed.flags(), sealed.data()).withDeadline(Item.FOREVER);

    assertThat(sealed.flags()).isEqualTo(0x4A43_1302);
    assertThat(eternal.flags()).isEqualTo(0x4A43_1102);
    assertThat(eternal.data()).isEqualTo(compressed.bytes());
    assertThat(eternal.codec()).isEqualTo(compressed.codec());
  }

  @ParameterizedTest
  @CsvSource({
    "4A431202, 01234567",
    "4A431402, 000000",
    "4A431402, 00000004A0B0C0",
    "4A431402, FFFFFFFFA0B0C0",
    "4A431402, 7FFFFFFFA0B0C0",
    "4A431602, 0123456789ABCDEF",
    "4A432002, ''",
    "4A432002, 81",
    "4A432002, 8101",
    "4A432002, 8100000000000000",
    "4A432002, FF00FFFFFFFFFFFFFFFF",
  })
  void aTruncatedHeadIsRefused(String flags, String data) {
    assertThatThrownBy(() -> Envelope.open(HexFormat.fromHexDigits(flags), bytes(data)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("cut short");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 512})
  void aCodecIdOutsideOfItsByteIsRefused(int id) {
    EncodedValue value = new EncodedValue(id, new byte[0]);

    assertThatThrownBy(() -> Envelope.seal(value, Item.FOREVER, Envelope.NO_WRITE_ID, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(id));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
