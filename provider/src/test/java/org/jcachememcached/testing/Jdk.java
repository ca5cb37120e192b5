package org.jcachememcached.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed JDK to run tests on. Immutable.
 *
 * @param home its directory, the one that holds {@code bin/java}
 * @param version its full version, such as {@code 17.0.15}
 */
public record Jdk(Path home, String version) {

  private static final String FURTHER_HOMES = "tck.jdks";
  private static final int OLDEST = 17;

  /**
   * The JDK that runs this code, and those that the system property {@code tck.jdks} names as a
   * list of homes, separated as paths are; one of each version.
   */
  public static List<Jdk> all() {
    Stream<String> further =
        Stream.of(System.getProperty(FURTHER_HOMES, "").split(File.pathSeparator))
            .filter(home -> !home.isBlank());
    Map<String, Jdk> byVersion = new LinkedHashMap<>();
    Stream.concat(Stream.of(System.getProperty("java.home")), further)
        .map(home -> at(Path.of(home)))
        .forEach(jdk -> byVersion.putIfAbsent(jdk.version(), jdk));
    return List.copyOf(byVersion.values());
  }

  private static Jdk at(Path home) {
    Jdk jdk = new Jdk(home, versionOf(home));
    if (jdk.feature() < OLDEST) {
      throw new IllegalArgumentException(
          "The JDK in %s (%s) has version %s; the provider needs %d or newer"
              .formatted(home, FURTHER_HOMES, jdk.version(), OLDEST));
    }
    return jdk;
  }

  private static String versionOf(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"), UTF_8)) {
      release.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s (%s) is no JDK's home: its file 'release' cannot be read"
              .formatted(home, FURTHER_HOMES),
          e);
    }
    return release.getProperty("JAVA_VERSION", "").replace("\"", "");
  }

  /** The number of its release, such as 17. */
  public int feature() {
    return Runtime.Version.parse(version).feature();
  }

  /** One of its programs, such as {@code java}. */
  public Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
