package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.compression.CompressingCodec;
import org.jcachememcached.internal.codec.value.ValueCodecs;
import org.jcachememcached.testing.ChildJvm;
import org.junit.jupiter.api.Test;

/** What is said when an optional library is wanted and not there, by a JVM without any. */
class MissingLibraryTest {

  private static final String ZSTD = "zstd needs the library com.github.luben:zstd-jni";
  private static final String LZ4 = "lz4 needs the library at.yawk.lz4:lz4-java";

  @Test
  void theLibraryIsNamed() throws IOException {
    try (ChildJvm bare =
        ChildJvm.start(List.of("-cp", classPathWithoutLibraries()), Map.of(), Bare.class)) {
      assertThat(bare.readLine())
          .startsWith("IllegalArgumentException")
          .contains("compression.type is zstd", ZSTD);
      assertThat(bare.readLine())
          .startsWith("IllegalArgumentException")
          .contains("compression.type is lz4", LZ4);
      assertThat(bare.readLine()).startsWith("CodecException").contains(ZSTD);
      assertThat(bare.readLine()).startsWith("CodecException").contains(LZ4);
      assertThat(bare.readLine())
          .startsWith("IllegalArgumentException")
          .contains("The setting codec is json", "tools.jackson.core:jackson-databind");
      assertThat(bare.readLine()).isEqualTo("made a CompressingCodec");
    }
  }

  private static String classPathWithoutLibraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !new File(entry).getName().matches("(zstd|lz4|jackson)-.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the other JVM runs. */
  static final class Bare {
    private Bare() {}

    public static void main(String[] arguments) {
      print(() -> codec("zstd"));
      print(() -> codec("lz4"));
      print(() -> decode("0300000001AB"));
      print(() -> decode("0400000001AB"));
      print(() -> named("json"));
      print(() -> codec("gzip"));
    }

    private static ValueCodec codec(String compression) {
      return CompressingCodec.of(Policies.settings("compression.type", compression), named("java"));
    }

    private static ValueCodec named(String codec) {
      return ValueCodecs.named(codec, Object.class, Bare.class::getClassLoader, Policies.DEFAULT);
    }

    private static Object decode(String hex) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      return codec("none").decode(EncodedValue.COMPRESSED | 2, bytes, 0, bytes.length);
    }

    @SuppressWarnings("SystemOut")
    private static void print(Supplier<Object> call) {
      try {
        System.out.println("made a " + call.get().getClass().getSimpleName());
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }
}
