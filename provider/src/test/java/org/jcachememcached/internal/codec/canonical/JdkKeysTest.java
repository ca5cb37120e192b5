package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.Codecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal keys of classes of the JDK have the same canonical form. */
class JdkKeysTest {

  private static final List<String> MODULES =
      List.of(
          "java.base", "java.sql", "java.logging", "java.xml", "java.naming", "java.management");

  /** Classes that later releases add are not tested. */
  private static final int NEWEST_RELEASE = 17;

  private final CanonicalCodec codec = Codecs.canonical();

  @ParameterizedTest
  @MethodSource("org.jcachememcached.internal.codec.canonical.JdkSamples#all")
  void equalOnesHaveOneForm(List<Object> keys) {
    assertThat(keys).allMatch(key -> key.equals(keys.get(0)));
    byte[] alone = codec.encode(keys.get(0));
    byte[] within = codec.encode(new EqualKeys.Box(keys.get(0)));
    for (Object key : keys) {
      assertThat(codec.encode(key)).isEqualTo(alone);
      assertThat(codec.encode(EqualKeys.copy(key))).as("a copy").isEqualTo(alone);
      assertThat(codec.encode(new EqualKeys.Box(key))).as("within").isEqualTo(within);
    }
  }

  @ParameterizedTest
  @MethodSource("org.jcachememcached.internal.codec.canonical.JdkSamples#all")
  void comeBack(List<Object> keys) {
    for (Object key : keys) {
      assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
      Object box = new EqualKeys.Box(key);
      assertThat(codec.decode(codec.encode(box))).isEqualTo(box);
    }
  }

  @Test
  void differentOnesHaveDifferentForms() {
    assertThat(
            JdkSamples.all().map(keys -> keys.get(0)).collect(Collectors.toSet()).stream()
                .map(key -> Arrays.toString(codec.encode(key))))
        .doesNotHaveDuplicates();
  }

  @Test
  void noClassIsForgotten() throws IOException {
    Set<String> sampled =
        JdkSamples.all()
            .flatMap(List::stream)
            .map(key -> key.getClass().getName())
            .collect(Collectors.toSet());

    assertThat(publicKeyClasses())
        .filteredOn(name -> !sampled.contains(name))
        .filteredOn(name -> JdkSamples.WITHOUT.keySet().stream().noneMatch(name::startsWith))
        .isEmpty();
  }

  private static List<String> publicKeyClasses() throws IOException {
    if (Runtime.version().feature() > NEWEST_RELEASE) {
      return List.of();
    }
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    List<String> names = new ArrayList<>();
    for (String module : MODULES) {
      Path root = runtime.getPath("modules", module);
      try (Stream<Path> files = Files.walk(root)) {
        files
            .map(file -> root.relativize(file).toString().replace('/', '.'))
            .filter(name -> name.matches("javax?\\..*\\.class"))
            .map(name -> name.substring(0, name.length() - ".class".length()))
            .filter(JdkKeysTest::isKey)
            .forEach(names::add);
      }
    }
    return names;
  }

  private static boolean isKey(String name) {
    try {
      Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return Serializable.class.isAssignableFrom(type)
          && isPublic(type)
          && !Modifier.isAbstract(type.getModifiers())
          && !type.isEnum()
          && type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }
}
