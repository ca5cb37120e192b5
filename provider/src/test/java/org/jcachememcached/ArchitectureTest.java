package org.jcachememcached;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the floors of the house: who may know whom. */
class ArchitectureTest {

  private static final String ROOT = "org.jcachememcached";
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final int MAX_LINES = 400;

  private static final JavaClasses CLASSES = importClasses();

  private static JavaClasses importClasses() {
    // The names of what is imported are enough; reading the JDK and the libraries takes seconds.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  @Test
  void noFloorKnowsOneAboveIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy(ROOT)
        .layer("cache")
        .definedBy(ROOT + ".cache")
        .layer("operation")
        .definedBy(ROOT + ".operation")
        .layer("engine")
        .definedBy(ROOT + ".engine")
        .layer("collaborators")
        .definedBy(
            ROOT + ".expiry",
            ROOT + ".event",
            ROOT + ".integration",
            ROOT + ".processor",
            ROOT + ".management")
        .layer("codec")
        .definedBy(ROOT + ".codec..")
        .layer("store")
        .definedBy(ROOT + ".store..")
        .layer("config")
        .definedBy(ROOT + ".config")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cache")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("operation")
        .mayOnlyBeAccessedByLayers("api", "cache")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("api", "cache", "operation")
        .whereLayer("collaborators")
        .mayOnlyBeAccessedByLayers("api", "cache", "operation", "engine")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("api", "cache", "operation", "engine")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("api", "cache", "operation", "engine", "codec")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void storeAndConfigKnowNothingOfJCache() {
    noClasses()
        .that(resideInAnyPackage(ROOT + ".store..", ROOT + ".config.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.cache..")
        .check(CLASSES);
  }

  @Test
  void codecKnowsNoImplementationOfTheStore() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".codec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".store.*..", ROOT + ".engine..")
        .check(CLASSES);
  }

  @Test
  void storeKnowsNoImplementationOfItself() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".store")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".store.*..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageKnowsTheClientOfMemcached() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store.memcached")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.spy..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageKnowsCaffeine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store.memory")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.benmanes..")
        .check(CLASSES);
  }

  @Test
  void onlyTheReadersOfFilesKnowHocon() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(ROOT + ".config.Hocon") + ".*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCodecOfJsonKnowsJackson() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(ROOT + ".codec.JsonValueCodec") + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageKnowsTheLibrariesOfCompression() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".codec.compression")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.github.luben..", "net.jpountz..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootKnowsTheEngines() {
    classes()
        .that(resideInAnyPackage(ROOT + ".store.memcached", ROOT + ".store.memory"))
        .and()
        .arePublic()
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(ROOT + ".store.*..", ROOT + ".cache")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    JavaPackage root = CLASSES.getPackage(ROOT);
    assertThat(Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream()))
        .allMatch(p -> p.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void noClassIsLong() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> tooLong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> lines(file) > MAX_LINES)
              .toList();

      assertThat(tooLong).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
