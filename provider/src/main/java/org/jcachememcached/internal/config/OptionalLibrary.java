package org.jcachememcached.internal.config;

import java.net.URL;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A library that only some settings need. This is the one place that tells a library that is not
 * there from one that is there but does not link with what is beside it. Immutable.
 */
public enum OptionalLibrary {
  /** Holds the entries of the engine {@code memory:}. */
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
  /** Encrypts connections; has the same packages as spymemcached, in whose place it is. */
  AWS_CLIENT(
      new Artifact(
          "com.amazonaws:elasticache-java-cluster-client", "net.spy.memcached.", "MemcachedNode"));

  @SuppressWarnings("ImmutableEnumChecker") // This list is immutable.
  private final List<Artifact> artifacts;

  /**
   * @param artifacts the one to add where it is absent, and those that it needs itself
   */
  OptionalLibrary(Artifact... artifacts) {
    this.artifacts = List.of(artifacts);
  }

  /** Whether it is on the class path; whether it links is another question. */
  public boolean isPresent() {
    return library().isPresent();
  }

  /**
   * What is wrong with the library, in words that follow its name.
   *
   * @param failure what using it ended with
   */
  public String fault(LinkageError failure) {
    if (!isPresent()) {
      return "is not on the class path";
    }
    Throwable cause = innermost(failure);
    return "is in %s, but does not link: %s%s"
        .formatted(location(), cause, culprit(cause).map(this::verdict).orElse(""));
  }

  /**
   * Why something failed that uses the library as well as classes of the application: the library
   * and what is wrong with it, or the failure itself if it concerns no class of the library.
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
        : "; %s is not on the class path".formatted(culprit.name());
  }

  /** The name of the artifact. */
  @Override
  public String toString() {
    return library().name();
  }

  /** Where its classes are, or those that are in their place. */
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
   * @param packages what the names of its classes begin with
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
