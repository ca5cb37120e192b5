package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.testing.PatchedClassPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a library that is absent, and of one that does not link with what is there. */
class OptionalLibrariesTest {

  @ParameterizedTest
  @CsvSource({
    "json, tools.jackson., 'json, which needs the library tools.jackson.core:jackson-databind, which'",
    "zstd, com.github.luben., 'zstd needs the library com.github.luben:zstd-jni, which'",
    "lz4, net.jpountz., 'lz4 needs the library at.yawk.lz4:lz4-java, which'",
    "memory, com.github.benmanes., 'the library com.github.ben-manes.caffeine:caffeine, which'",
    "near, com.github.benmanes., 'has near.cache=true, which needs the library com.github.ben-manes.caffeine:caffeine, which'",
    "file, com.typesafe., 'what reads it, com.typesafe:config,'",
  })
  void absentOneIsNamed(String use, String packages, String sentence) throws IOException {
    assertThat(outcome(use, name -> name.startsWith(packages)))
        .endsWith(sentence + " is not on the class path");
  }

  @ParameterizedTest
  @CsvSource({
    "json, tools.jackson.databind.ObjectReader, jackson-databind",
    "zstd, com.github.luben.zstd.ZstdOutputStreamNoFinalizer, zstd-jni",
    "lz4, net.jpountz.lz4.LZ4FrameOutputStream, lz4-java",
    "memory, com.github.benmanes.caffeine.cache.Expiry, caffeine",
    "near, com.github.benmanes.caffeine.cache.LocalCacheFactory, caffeine",
    "file, com.typesafe.config.ConfigParseOptions, config",
  })
  void oneThatLacksAClassDoesNotLink(String use, String missing, String library)
      throws IOException {
    assertThat(outcome(use, missing::equals))
        .containsPattern(library + ",? (which )?is in \\S*/" + library + "-[0-9.-]+\\.jar, but")
        .endsWith(
            "does not link: java.lang.ClassNotFoundException: "
                + missing
                + "; another version of it is needed");
  }

  @ParameterizedTest
  @CsvSource({
    "com.fasterxml.jackson.annotation.JsonSerializeAs, jackson-annotations",
    "com.fasterxml.jackson.annotation.JsonApplyView, jackson-annotations",
    "tools.jackson.core.TokenStreamFactory, jackson-core",
  })
  void whatDoesNotGoWithItIsNamed(String missing, String old) throws IOException {
    assertThat(outcome("beans", missing::equals))
        .containsPattern("jackson-databind, which is in \\S*/jackson-databind-[0-9.]+\\.jar, but")
        .contains("does not link: java.lang.ClassNotFoundException: " + missing)
        .containsPattern(
            "; the version of \\S+:%s in \\S+/%s-[0-9.]+\\.jar does not go with it$"
                .formatted(old, old));
  }

  @Test
  void whatItNeedsItselfIsNamedWhereThatIsAbsent() throws IOException {
    assertThat(outcome("json", name -> name.startsWith("com.fasterxml.jackson.annotation.")))
        .contains("jackson-databind", "but does not link")
        .endsWith("; com.fasterxml.jackson.core:jackson-annotations is not on the class path");
  }

  @Test
  void oneThatLacksAMethodDoesNotLink(@TempDir Path directory) throws IOException {
    String name = "com.github.luben.zstd.ZstdOutputStreamNoFinalizer";
    String source =
        "package com.github.luben.zstd; public class ZstdOutputStreamNoFinalizer"
            + " extends java.io.FilterOutputStream { public ZstdOutputStreamNoFinalizer("
            + "java.io.OutputStream out) { super(out); } }";
    try (PatchedClassPath old = PatchedClassPath.with(directory, name, source)) {
      assertThat(old.call(Application.class, "zstd").toString())
          .contains("zstd-jni, which is in ", "does not link: java.lang.NoSuchMethodError")
          .contains("setChecksum", "another version of it is needed");
    }
  }

  @Test
  void oneThatCannotBeInitializedDoesNotLink(@TempDir Path directory) throws IOException {
    String name = "com.github.luben.zstd.ZstdOutputStreamNoFinalizer";
    String source =
        "package com.github.luben.zstd; public class ZstdOutputStreamNoFinalizer"
            + " extends java.io.FilterOutputStream { static { if (true) throw new"
            + " IllegalStateException(\"no native code\"); }"
            + " public ZstdOutputStreamNoFinalizer(java.io.OutputStream out) { super(out); } }";
    try (PatchedClassPath broken = PatchedClassPath.with(directory, name, source)) {
      assertThat(broken.call(Application.class, "zstd").toString())
          .contains("zstd-jni, which is in ", "java.lang.IllegalStateException: no native code");
    }
  }

  @Test
  void thatIsSaidTheSecondTimeToo() throws IOException {
    String missing = "com.fasterxml.jackson.annotation.JsonSerializeAs";
    try (PatchedClassPath patched = PatchedClassPath.without(missing::equals)) {
      patched.call(Application.class, "json");

      assertThat(patched.call(Application.class, "json").toString())
          .contains("does not link: ", missing.replace('.', '/'))
          .contains("the version of com.fasterxml.jackson.core:jackson-annotations in");
    }
  }

  @Test
  void oneThatFailsLateIsNamedByTheCall() throws IOException {
    assertThat(outcome("beans", "tools.jackson.databind.util.EnumValuesToWrite"::equals))
        .contains("Bean cannot become JSON: the library tools.jackson.core:jackson-databind is in")
        .contains("does not link", "EnumValuesToWrite");
  }

  @Test
  void aClassOfTheApplicationIsNotTheLibrarysFault() throws IOException {
    assertThat(outcome("beans", name -> name.endsWith("$Part")))
        .contains("NoClassDefFoundError", "$Part")
        .doesNotContain("the library");
  }

  @Test
  void managersThatNeedNoFileGoOnWithoutItsReader() throws IOException {
    assertThat(outcome("memory", "com.typesafe.config.ConfigResolveOptions"::equals))
        .isEqualTo("no failure");
  }

  private static String outcome(String use, Predicate<String> hidden) throws IOException {
    try (PatchedClassPath patched = PatchedClassPath.without(hidden)) {
      return patched.call(Application.class, use).toString();
    }
  }

  /** What runs with the other class path; answers with the message of a failure. */
  public static final class Application {

    private Application() {}

    public static String json() {
      return outcome("memory:x", "codec", "json", Object.class, "text");
    }

    public static String beans() {
      return outcome("memory:x", "codec", "json", Bean.class, new Bean());
    }

    public static String zstd() {
      return outcome("memory:x", "compression.type", "zstd", Object.class, "text");
    }

    public static String lz4() {
      return outcome("memory:x", "compression.type", "lz4", Object.class, "text");
    }

    public static String memory() {
      return outcome("memory:x", "codec", "java", Object.class, "text");
    }

    public static String near() {
      return outcome("memcached://127.0.0.1:1", "near.cache", "true", Object.class, "text");
    }

    public static String file() {
      return outcome("file:/no/such.conf", "codec", "java", Object.class, "text");
    }

    private static <V> String outcome(
        String uri, String setting, String text, Class<V> valueType, V value) {
      try (CachingProvider provider = new MemcachedCachingProvider()) {
        CacheManager manager =
            provider.getCacheManager(URI.create(uri), Application.class.getClassLoader());
        Cache<String, V> cache =
            manager.createCache(
                "c",
                new MemcachedConfiguration<String, V>()
                    .setTypes(String.class, valueType)
                    .set(setting, text));
        cache.put("key", value);
        return "no failure";
      } catch (CacheException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  /** A value with a part whose class nothing needs before. */
  public static final class Bean {

    public Object getPart() {
      return new Part(Color.RED);
    }
  }

  /** A part of a value. */
  public record Part(Color color) {}

  /** What a part has. */
  public enum Color {
    RED
  }
}
