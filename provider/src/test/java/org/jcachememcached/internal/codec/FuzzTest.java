package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.compression.CompressingCodec;
import org.jspecify.annotations.Nullable;

/** Whatever bytes come from a store: either they are read or there is a {@link CodecException}. */
class FuzzTest {

  private final KeyCodec keys = new KeyCodec(new Namespace("orders", "user"), Keys::classLoader);
  private final ValueCodec values =
      CompressingCodec.of(Policies.settings(), new JavaValueCodec(Keys::classLoader));
  private final CanonicalCodec form =
      new CanonicalCodec(new JavaSerialization(Keys::classLoader, DeserializationPolicy.DEFAULT));

  @Provide
  Arbitrary<byte[]> damagedCanonicalForms() {
    return Keys.any().flatMap(key -> damaged(form.encode(key)));
  }

  @Provide
  Arbitrary<byte[]> damagedSerializedForms() {
    JavaSerialization serialization =
        new JavaSerialization(Keys::classLoader, DeserializationPolicy.DEFAULT);
    return Keys.any().flatMap(key -> damaged(serialization.serialize(key)));
  }

  /** One byte another, and perhaps cut short. */
  private static Arbitrary<byte[]> damaged(byte[] bytes) {
    return Combinators.combine(
            Arbitraries.integers().between(0, bytes.length - 1),
            Arbitraries.bytes(),
            Arbitraries.integers().between(0, 2 * bytes.length))
        .as(
            (index, b, length) -> {
              byte[] damaged = bytes.clone();
              damaged[index] = b;
              return java.util.Arrays.copyOf(damaged, Math.min(length, bytes.length));
            });
  }

  @Property(tries = 5_000)
  void damagedCanonicalForm(@ForAll("damagedCanonicalForms") byte[] bytes) {
    readOrRefuse(() -> form.decode(bytes));
  }

  @Property(tries = 5_000)
  void damagedSerializedForm(@ForAll("damagedSerializedForms") byte[] bytes) {
    readOrRefuse(() -> values.decode(1, bytes, 0, bytes.length));
  }

  @Property(tries = 5_000)
  void anyBytesAsValue(@ForAll @IntRange(max = 255) int codec, @ForAll byte[] bytes) {
    readOrRefuse(() -> values.decode(codec, bytes, 0, bytes.length));
  }

  @Property
  void anyBytesAsKey(@ForAll byte[] bytes) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    readOrRefuse(() -> keys.decode("orders:user:b." + text, null));
    readOrRefuse(() -> keys.decode("orders:user:h." + Sha256.of(bytes), bytes));
  }

  @Property
  void anyText(@ForAll String text) {
    readOrRefuse(() -> keys.decode(text, null));
    Object key = readOrRefuse(() -> keys.decode("orders:user:" + text, null));
    if (key != null) {
      assertThat(keys.encode(key).wire()).isEqualTo("orders:user:" + text);
    }
  }

  @Property
  void anyFlags(@ForAll int flags, @ForAll byte[] data) {
    readOrRefuse(() -> Envelope.open(flags, data).value(values));
  }

  @Property
  void anyFlagsOfOurs(@ForAll @IntRange(max = 0xFFFF) int bits, @ForAll byte[] data) {
    readOrRefuse(() -> Envelope.open(0x4A43_0000 | bits, data).value(values));
  }

  private static @Nullable Object readOrRefuse(Supplier<Object> reading) {
    try {
      return reading.get();
    } catch (CodecException e) {
      assertThat(e).hasMessageMatching("(?s).{10,}");
      return null;
    }
  }
}
