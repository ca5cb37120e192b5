package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.config.CacheSettings;
import org.junit.jupiter.api.Test;

/** A JVM has one filter for its whole life, so it takes another JVM to see that it is respected. */
class JvmWideFilterTest {

  @Test
  void refusesWhatTheSettingAllows() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.serialFilter=!java.util.PriorityQueue;!" + Keys.Point.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName())
            .redirectErrorStream(true)
            .start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(output)
        .contains(
            "The deserialization refused the class java.util.PriorityQueue, because the JVM-wide"
                + " filter does not allow it")
        .contains(
            "The deserialization refused the class "
                + Keys.Point.class.getName()
                + ", because the JVM-wide filter does not allow it")
        .contains("[read]");
  }

  /** What the other JVM runs. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      DeserializationPolicy everything = Policies.with(CacheSettings.DESERIALIZATION_FILTER, "*");
      ValueCodec values = Codecs.java(everything);
      KeyCodec keys = Codecs.keys(everything);

      print(() -> comeBack(values, new PriorityQueue<>(List.of("not read"))));
      print(() -> comeBack(values, new ArrayList<>(List.of("read"))));
      print(() -> keys.decode(keys.encode(new Keys.Point(1, "y")).wire(), null));
    }

    private static Object comeBack(ValueCodec codec, Object value) {
      EncodedValue encoded = codec.encode(value);
      return codec.decode(encoded.codec(), encoded.bytes(), 0, encoded.bytes().length);
    }

    @SuppressWarnings("SystemOut")
    private static void print(java.util.function.Supplier<Object> call) {
      try {
        System.out.println(call.get());
      } catch (CodecException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
