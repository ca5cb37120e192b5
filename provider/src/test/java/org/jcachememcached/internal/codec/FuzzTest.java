package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Samples.forAll;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.codec.compression.CompressingCodec;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jcachememcached.testing.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever bytes come from a store: either they are read or there is a {@link CodecException}. */
class FuzzTest {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyCodec keys = Codecs.keys();
  private final ValueCodec values = CompressingCodec.of(Policies.settings(), Codecs.java());
  private final CanonicalCodec canonical = Codecs.canonical();
  private final JavaSerialization serialization = Codecs.serialization();

  @Test
  void damagedCanonicalForm() {
    forAll(
        5_000,
        samples -> {
          byte[] bytes = samples.any(s -> damaged(canonical.encode(Keys.any(s)), s));
          readOrRefuse(() -> canonical.decode(bytes));
        });
  }

  @Test
  void damagedSerializedForm() {
    forAll(
        5_000,
        samples -> {
          byte[] bytes = samples.any(s -> damaged(serialization.serialize(Keys.any(s)), s));
          readOrRefuse(() -> values.decode(1, bytes, 0, bytes.length));
        });
  }

  /** One byte another, and perhaps cut short. */
  private static byte[] damaged(byte[] bytes, Samples samples) {
    byte[] damaged = bytes.clone();
    damaged[samples.between(0, bytes.length - 1)] = samples.anyByte();
    return Arrays.copyOf(damaged, Math.min(samples.between(0, 2 * bytes.length), bytes.length));
  }

  @Test
  void anyBytesAsValue() {
    forAll(
        5_000,
        samples -> {
          int codec = samples.between(0, 255);
          byte[] bytes = samples.bytes();
          readOrRefuse(() -> values.decode(codec, bytes, 0, bytes.length));
        });
  }

  @Test
  void anyBytesAsKey() {
    forAll(
        samples -> {
          byte[] bytes = samples.bytes();
          readOrRefuse(() -> keys.decode("orders:user:b." + BASE64.encodeToString(bytes), null));
          readOrRefuse(() -> keys.decode("orders:user:h." + hash(bytes), bytes));
        });
  }

  private static String hash(byte[] bytes) {
    try {
      return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anyText() {
    forAll(
        samples -> {
          String text = samples.text();
          readOrRefuse(() -> keys.decode(text, null));
          Object key = readOrRefuse(() -> keys.decode("orders:user:" + text, null));
          if (key != null) {
            assertThat(keys.encode(key).wire()).isEqualTo("orders:user:" + text);
          }
        });
  }

  @Test
  void anyFlags() {
    forAll(samples -> open(samples.anyInt(), samples.bytes()));
  }

  @Test
  void anyFlagsOfOurs() {
    forAll(samples -> open(0x4A43_0000 | samples.between(0, 0xFFFF), samples.bytes()));
  }

  private void open(int flags, byte[] data) {
    readOrRefuse(() -> Envelope.open(flags, data).value(values));
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
