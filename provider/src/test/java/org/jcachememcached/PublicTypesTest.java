package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The types that applications see. To add one here is a decision to support it. */
class PublicTypesTest {

  private static final String ROOT = "org.jcachememcached";
  private static final String INTERNAL = ROOT + ".internal.";

  private static final Set<String> PUBLIC_TYPES =
      Set.of(
          // entry points
          "MemcachedCache", // a cache, for unwrap and getCacheManager
          "MemcachedCacheManager", // a manager, for unwrap
          "MemcachedCachingProvider", // the provider, found by the service loader
          "MemcachedConfiguration", // the configuration of a cache with its settings
          "api.AsyncCache", // the operations of a cache without waiting
          "api.EntryOptions", // what a write sets for its entry alone
          "api.EntryVersion", // the version of an entry, for optimistic locks
          "api.Versioned", // a value with the version of its entry
          // codecs of applications
          "api.CodecException", // a value that cannot be encoded or decoded
          "api.EncodedValue", // a value as bytes, with the id of its form
          "api.ValueCodec", // converts values to bytes and back
          // keys of applications
          "api.KeyAffinity", // a key that belongs together with others
          // values of settings
          "api.ClearStrategy", // clear: how all entries are removed
          "api.CompressionType", // compression.type: how values are compressed
          "api.FailurePolicy", // on.failure: what happens when the store fails
          "api.ItemFormat", // format: the layout of values on the servers
          "api.KeyStrategy", // key.strategy: how keys are written
          // monitoring
          "api.CallObserver", // measures or traces the calls of caches
          "api.CallObserver$Call", // a call that is observed
          "api.CallObserver$Scope", // the time in which a thread works on it
          "api.MemcachedStatisticsMXBean", // the statistics of a cache
          "api.MigrationStats", // the counters of a migration, for unwrap
          "api.NodeMXBean", // the state of a server
          "api.ServersMXBean"); // the servers, and how they are changed

  private static final List<Class<?>> CLASSES = publicClasses();

  private static List<Class<?>> publicClasses() {
    List<Class<?>> found = new ArrayList<>();
    for (JavaClass type : importedClasses()) {
      boolean exported = Set.of(ROOT, ROOT + ".api").contains(type.getPackageName());
      if (exported && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        found.add(type.reflect());
      }
    }
    return found;
  }

  /** Those of the provider alone: the tests are in packages of the same names. */
  private static JavaClasses importedClasses() {
    URL location = MemcachedCache.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return new ClassFileImporter().importPath(Path.of(location.toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void areThoseListedHere() {
    assertThat(CLASSES)
        .extracting(type -> type.getName().substring(ROOT.length() + 1))
        .containsExactlyInAnyOrderElementsOf(PUBLIC_TYPES);
  }

  @Test
  void mentionNothingInternal() {
    Set<String> leaks = new TreeSet<>();
    for (Class<?> type : CLASSES) {
      supertypes(type)
          .filter(PublicTypesTest::isInternal)
          .forEach(leak -> leaks.add(type.getName() + " is a " + leak));
      members(type)
          .filter(PublicTypesTest::mentionsInternal)
          .forEach(member -> leaks.add(member.toString()));
    }

    assertThat(leaks).isEmpty();
  }

  private static Stream<String> supertypes(Class<?> type) {
    Stream<Type> supertypes =
        type.getGenericSuperclass() == null
            ? Stream.of(type.getGenericInterfaces())
            : Stream.concat(
                Stream.of(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
    return Stream.concat(supertypes.map(Type::getTypeName), bounds(type));
  }

  private static Stream<Member> members(Class<?> type) {
    return Stream.<Member[]>of(
            type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
        .flatMap(Stream::of)
        .filter(member -> Modifier.isPublic(member.getModifiers()) || isProtected(member));
  }

  private static boolean isProtected(Member member) {
    return Modifier.isProtected(member.getModifiers());
  }

  private static boolean mentionsInternal(Member member) {
    String signature =
        member instanceof Executable executable
            ? executable.toGenericString()
                + bounds(executable).collect(Collectors.joining())
                + annotations(executable)
            : ((Field) member).toGenericString() + annotations((Field) member);
    return isInternal(signature);
  }

  private static Stream<String> bounds(GenericDeclaration declaration) {
    return Stream.of(declaration.getTypeParameters())
        .map(TypeVariable::getBounds)
        .flatMap(Stream::of)
        .map(Type::getTypeName);
  }

  private static String annotations(AnnotatedElement element) {
    return List.of(element.getAnnotations()).toString();
  }

  private static boolean isInternal(String names) {
    return names.contains(INTERNAL);
  }
}
