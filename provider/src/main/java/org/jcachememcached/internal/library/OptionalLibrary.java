package org.jcachememcached.internal.library;

import java.net.URL;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A library that only some settings need. Distinguishes a library that is absent from one that is
 * present but does not link with other libraries. Immutable.
 */
public enum OptionalLibrary {
  /** Stores the entries of the engine {@code memory:}, and those of near caches. */
  CAFFEINE(
      new Artifact(
          "com.github.ben-manes.caffeine:caffeine",
          "com.github.benmanes.caffeine.cache.",
          "Caffeine")),
  /** Reads configuration files. */
  TYPESAFE_CONFIG(new Artifact("com.typesafe:config", "com.typesafe.config.", "ConfigFactory")),
  /** Reads and writes JSON. */
  JACKSON(
      new Artifact(
          "tools.jackson.core:jackson-databind", "tools.jackson.databind.", "json.JsonMapper"),
      new Artifact("tools.jackson.core:jackson-core", "tools.jackson.core.", "Version"),
      new Artifact(
          "com.fasterxml.jackson.core:jackson-annotations",
          "com.fasterxml.jackson.annotation.",
          "JsonProperty")),
  /** Compresses with Zstandard. */
  ZSTD(new Artifact("com.github.luben:zstd-jni", "com.github.luben.zstd.", "Zstd")),
  /** Compresses with LZ4. */
  LZ4(new Artifact("at.yawk.lz4:lz4-java", "net.jpountz.", "lz4.LZ4Factory")),
  /** Encrypts connections; replaces spymemcached and has the same packages. */
  AWS_CLIENT(
      new Artifact(
          "com.amazonaws:elasticache-java-cluster-client", "net.spy.memcached.", "MemcachedNode"));

  private static final String ABSENT =
      OptionalLibrary.class.getModule().isNamed()
          ? "is not among the modules of this JVM: it must be on the module path, and required by a"
              + " module or named by --add-modules"
          : "is not on the class path";

  @SuppressWarnings("ImmutableEnumChecker") // This list is immutable.
  private final List<Artifact> artifacts;

  /**
   * @param artifacts the one to add if it is absent, and those that it depends on
   */
  OptionalLibrary(Artifact... artifacts) {
    this.artifacts = List.of(artifacts);
  }

  /** Whether its classes are found. It may still fail to link. */
  public boolean isPresent() {
    return library().isPresent();
  }

  /**
   * The cause of a failure of the library, in words that follow its name.
   *
   * @param failure the failure of its use
   */
  public String fault(LinkageError failure) {
    if (!isPresent()) {
      return ABSENT;
    }
    Throwable cause = innermost(failure);
    return "is in %s, but does not link: %s%s"
        .formatted(location(), cause, culprit(cause).map(this::verdict).orElse(""));
  }

  /**
   * The cause of a failure of code that uses the library as well as classes of the application: the
   * library and its fault, or the failure itself if it concerns no class of the library.
   */
  public String explain(LinkageError failure) {
    return culprit(innermost(failure)).isPresent()
        ? "the library " + this + " " + fault(failure)
        : failure.toString();
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The artifact of which a message names a class first. */
  private Optional<Artifact> culprit(Throwable failure) {
    String words = String.valueOf(failure.getMessage()).replace('/', '.');
    return artifacts.stream()
        .filter(artifact -> words.contains(artifact.packages()))
        .min(Comparator.comparingInt(artifact -> words.indexOf(artifact.packages())));
  }

  private String verdict(Artifact culprit) {
    if (culprit.equals(library())) {
      return "; another version of it is needed";
    }
    return culprit.isPresent()
        ? "; the version of %s in %s does not go with it"
            .formatted(culprit.name(), culprit.location())
        : "; %s %s".formatted(culprit.name(), ABSENT);
  }

  /** The name of the artifact. */
  @Override
  public String toString() {
    return library().name();
  }

  /** The location of its classes, or of those that replace them. */
  public String location() {
    return library().location();
  }

  private Artifact library() {
    return artifacts.get(0);
  }

  /**
   * One artifact. Immutable.
   *
   * @param name group and artifact
   * @param packages the prefix of the names of its classes
   * @param witness a class that every version has, without {@code packages} before it
   */
  private record Artifact(String name, String packages, String witness) {

    private static final ClassLoader LOADER = OptionalLibrary.class.getClassLoader();

    boolean isPresent() {
      try {
        Class.forName(packages + witness, false, LOADER);
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      } catch (LinkageError e) {
        return true;
      }
    }

    String location() {
      String file = (packages + witness).replace('.', '/') + ".class";
      URL url = LOADER.getResource(file);
      return url == null
          ? "an unknown place"
          : url.toString().replaceFirst("^(jar:)?(file:)?", "").replaceFirst("!?/" + file, "");
    }
  }
}
