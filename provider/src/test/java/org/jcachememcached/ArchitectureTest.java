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
  private static final String API = ROOT + ".api";
  private static final String INTERNAL = ROOT + ".internal";
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
        .layer("entry points")
        .definedBy(ROOT)
        .layer("cache")
        .definedBy(INTERNAL + ".cache")
        .layer("operation")
        .definedBy(INTERNAL + ".operation")
        .layer("engine")
        .definedBy(INTERNAL + ".engine")
        .layer("collaborators")
        .definedBy(
            INTERNAL + ".expiry",
            INTERNAL + ".event",
            INTERNAL + ".integration",
            INTERNAL + ".processor",
            INTERNAL + ".management")
        .layer("tag")
        .definedBy(INTERNAL + ".tag")
        .layer("near")
        .definedBy(INTERNAL + ".near")
        .layer("codec")
        .definedBy(INTERNAL + ".codec..")
        .layer("store")
        .definedBy(INTERNAL + ".store..")
        .layer("config")
        .definedBy(INTERNAL + ".config..")
        .whereLayer("entry points")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cache")
        .mayOnlyBeAccessedByLayers("entry points")
        .whereLayer("operation")
        .mayOnlyBeAccessedByLayers("entry points", "cache")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("entry points", "cache", "operation")
        .whereLayer("collaborators")
        .mayOnlyBeAccessedByLayers("entry points", "cache", "operation", "engine")
        .whereLayer("tag")
        .mayOnlyBeAccessedByLayers("entry points", "cache", "engine")
        .whereLayer("near")
        .mayOnlyBeAccessedByLayers("entry points", "cache", "engine")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("entry points", "cache", "operation", "engine", "tag", "near")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers(
            "entry points", "cache", "operation", "engine", "collaborators", "tag", "codec")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingBelowTheEntryPointsKnowsThem() {
    noClasses()
        .that()
        .resideInAnyPackage(API, INTERNAL + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(CLASSES);
  }

  @Test
  void whatUsersHoldKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(API)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, INTERNAL + "..")
        .check(CLASSES);
  }

  @Test
  void storeAndConfigKnowNothingOfJCache() {
    noClasses()
        .that(resideInAnyPackage(INTERNAL + ".store..", INTERNAL + ".config.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.cache..")
        .check(CLASSES);
  }

  @Test
  void codecKnowsNoImplementationOfTheStore() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".codec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(INTERNAL + ".store.*..", INTERNAL + ".engine..")
        .check(CLASSES);
  }

  @Test
  void storeKnowsNoImplementationOfItself() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".store")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + ".store.*..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageKnowsTheClientOfMemcached() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".store.memcached.spymemcached")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.spy..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineInMemoryAndTheNearCacheKnowCaffeine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INTERNAL + ".store.memory", INTERNAL + ".near")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.benmanes..")
        .check(CLASSES);
  }

  @Test
  void onlyTheReadersOfFilesKnowHocon() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(INTERNAL + ".config.source.Hocon") + ".*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCodecOfJsonKnowsJackson() {
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(INTERNAL + ".codec.value.JsonValueCodec") + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageKnowsTheLibrariesOfCompression() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".codec.compression")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.github.luben..", "net.jpountz..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootKnowsTheEngines() {
    classes()
        .that(resideInAnyPackage(INTERNAL + ".store.memcached", INTERNAL + ".store.memory"))
        .and()
        .arePublic()
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(INTERNAL + ".store.*..", INTERNAL + ".cache")
        .check(CLASSES);
  }

  @Test
  void onlyTheStoreOfMemcachedKnowsItsParts() {
    classes()
        .that()
        .resideInAPackage(INTERNAL + ".store.memcached.*..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(INTERNAL + ".store.memcached..")
        .check(CLASSES);
  }

  @Test
  void noPartOfTheStoreOfMemcachedKnowsTheWhole() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".store.memcached.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + ".store.memcached")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    JavaPackage root = CLASSES.getPackage(ROOT);
    assertThat(Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream()))
        .filteredOn(p -> !p.getClasses().isEmpty())
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
