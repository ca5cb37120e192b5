package org.jcachememcached;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jcachememcached.internal.near.NearContent;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata for native images names what exists, and everything that the provider, or a library
 * on its behalf, finds by name. No native image is built.
 */
class NativeImageMetadataTest {

  private static final String ROOT = "org.jcachememcached.";
  private static final Path RESOURCES = Path.of("src", "main", "resources");
  private static final Path SERVICES = Path.of("..", "META-INF-services-template");
  private static final Path FILE =
      RESOURCES.resolve(
          "META-INF/native-image/org.jcachememcached/jcache-memcached/reachability-metadata.json");

  /** Has methods, in the AWS client, that the client in this class path has not. */
  private static final String NODE_OF_AWS_CLIENT = "net.spy.memcached.MemcachedNode";

  /** Files of the application, not of this project. */
  private static final Set<String> OF_APPLICATION = Set.of("application.conf", "reference.conf");

  private static final JsonNode METADATA = read();
  private static final JavaClasses CLASSES = importClasses();

  private static JsonNode read() {
    return JsonMapper.shared().readTree(FILE.toFile());
  }

  private static JavaClasses importClasses() {
    return new ClassFileImporter()
        .importUrl(
            MemcachedCachingProvider.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static Stream<JsonNode> each(String section) {
    return StreamSupport.stream(METADATA.get(section).spliterator(), false);
  }

  private static JsonNode entryOf(String type) {
    return each("reflection")
        .filter(entry -> entry.get("type").isString() && entry.get("type").asString().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no entry of " + type));
  }

  private static boolean flag(JsonNode entry, String name) {
    return entry.has(name) && entry.get(name).asBoolean();
  }

  private static List<String> texts(JsonNode array) {
    return array == null
        ? List.of()
        : StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  /** By the schema of the format, release 1.2.0. */
  @Test
  void everyAttributeIsOneOfTheFormat() {
    assertThat(METADATA.propertyNames()).containsOnly("reflection", "resources");
    assertThat(each("reflection").flatMap(entry -> entry.propertyNames().stream()))
        .containsOnly(
            "reason",
            "condition",
            "type",
            "methods",
            "fields",
            "allPublicMethods",
            "allPublicConstructors",
            "serializable");
    assertThat(each("resources").flatMap(entry -> entry.propertyNames().stream()))
        .containsOnly("reason", "condition", "glob");
  }

  @Test
  void everyTypeExists() throws Exception {
    for (JsonNode entry : METADATA.get("reflection")) {
      JsonNode type = entry.get("type");
      for (String name : type.isString() ? List.of(type.asString()) : texts(type.get("proxy"))) {
        assertThat(classOf(name)).as(name).isNotNull();
      }
    }
  }

  @Test
  void everyConditionIsAClassThatExists() throws Exception {
    for (JsonNode entry :
        Stream.concat(each("reflection"), each("resources"))
            .filter(entry -> entry.has("condition"))
            .toList()) {
      assertThat(classOf(entry.get("condition").get("typeReached").asString())).isNotNull();
    }
  }

  @Test
  void everyMemberExists() throws Exception {
    for (JsonNode entry : METADATA.get("reflection")) {
      String type = entry.get("type").asString("");
      if (!type.equals(NODE_OF_AWS_CLIENT)) {
        for (JsonNode method : entry.has("methods") ? entry.get("methods") : List.<JsonNode>of()) {
          assertThat(memberOf(classOf(type), method)).isNotNull();
        }
        for (JsonNode field : entry.has("fields") ? entry.get("fields") : List.<JsonNode>of()) {
          assertThat(classOf(type).getDeclaredField(field.get("name").asString())).isNotNull();
        }
      }
    }
  }

  private static Object memberOf(Class<?> type, JsonNode method) throws Exception {
    String name = method.get("name").asString();
    List<String> wanted = texts(method.get("parameterTypes"));
    return name.equals("<init>")
        ? Arrays.stream(type.getDeclaredConstructors())
            .filter(each -> names(each.getParameterTypes()).equals(wanted))
            .findFirst()
            .orElseThrow(() -> new AssertionError(type + " lacks the constructor " + wanted))
        : isOfLaterJdk(type, name) ? name : type.getMethod(name);
  }

  private static boolean isOfLaterJdk(Class<?> type, String name) {
    return type == Thread.class && name.equals("isVirtual");
  }

  private static List<String> names(Class<?>... types) {
    return Arrays.stream(types).map(Class::getCanonicalName).toList();
  }

  private static Class<?> classOf(String name) throws ClassNotFoundException {
    return Class.forName(name, false, NativeImageMetadataTest.class.getClassLoader());
  }

  /** Both what JMX calls and what a client of JMX sees as a proxy. */
  @Test
  void everyMxBeanHasItsMethodsAndAProxy() {
    List<String> proxies =
        each("reflection")
            .flatMap(entry -> texts(entry.get("type").get("proxy")).stream())
            .toList();

    assertThat(mxBeans()).hasSizeGreaterThan(2).isSubsetOf(proxies);
    for (String name : mxBeans()) {
      assertThat(flag(entryOf(name), "allPublicMethods")).as(name).isTrue();
    }
  }

  private static Set<String> mxBeans() {
    Set<String> names =
        new TreeSet<>(Set.of(CacheMXBean.class.getName(), CacheStatisticsMXBean.class.getName()));
    CLASSES.stream()
        .filter(type -> type.isInterface() && type.getSimpleName().endsWith("MXBean"))
        .forEach(type -> names.add(type.getName()));
    return names;
  }

  @Test
  void everyImplementationOfAnMxBeanHasItsConstructors() {
    List<String> implementations =
        CLASSES.stream()
            .filter(type -> !type.isInterface())
            .filter(type -> mxBeans().stream().anyMatch(bean -> assignableTo(bean).test(type)))
            .map(JavaClass::getName)
            .toList();

    assertThat(implementations).hasSizeGreaterThan(3);
    for (String name : implementations) {
      assertThat(flag(entryOf(name), "allPublicConstructors")).as(name).isTrue();
    }
  }

  /** An optional library is found by the name of one of its classes. */
  @Test
  void everyOptionalLibraryHasItsWitness() throws Exception {
    Field artifacts = opened(OptionalLibrary.class.getDeclaredField("artifacts"));
    for (OptionalLibrary library : OptionalLibrary.values()) {
      for (Object artifact : (Collection<?>) artifacts.get(library)) {
        assertThat(entryOf(textOf(artifact, "packages") + textOf(artifact, "witness"))).isNotNull();
      }
    }
  }

  private static String textOf(Object artifact, String component) throws Exception {
    Method accessor = opened(artifact.getClass().getDeclaredMethod(component));
    return (String) accessor.invoke(artifact);
  }

  private static <M extends AccessibleObject> M opened(M member) {
    member.setAccessible(true);
    return member;
  }

  /** Caffeine has a class for each combination of its options, and finds it by name. */
  @Test
  void theClassesOfCaffeineThatTheProviderUsesHaveEntries() throws Exception {
    new MemoryStore(new FakeClock()).close();
    assertThat(new NearContent<>(Duration.ofSeconds(1), 1, true, new FakeClock())).isNotNull();

    String packages = "com.github.benmanes.caffeine.cache.";
    for (String factory : List.of("LocalCacheFactory", "NodeFactory")) {
      Field used = opened(classOf(packages + factory).getDeclaredField("FACTORIES"));
      assertThat(((Map<?, ?>) used.get(null)).keySet())
          .hasSizeGreaterThan(1)
          .allSatisfy(name -> assertThat(entryOf(packages + name)).isNotNull());
    }
  }

  @Test
  void everyResourceOfTheJarHasAnEntry() throws IOException {
    Set<String> expected = new TreeSet<>(OF_APPLICATION);
    expected.addAll(filesBelow(RESOURCES, ""));
    expected.removeIf(file -> file.startsWith("META-INF/native-image/"));
    expected.addAll(filesBelow(SERVICES, "META-INF/services/"));

    assertThat(each("resources").map(entry -> entry.get("glob").asString()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> filesBelow(Path directory, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> prefix + directory.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  /**
   * A class that appears here first needs an entry in the metadata if it finds a class of ours, of
   * the JDK or of a library; or a sentence in docs/native-image.md if it finds one of the
   * application.
   */
  @Test
  void reflectionIsUsedInThesePlacesOnly() {
    assertThat(
            CLASSES.stream()
                .filter(
                    type ->
                        type.getAccessesFromSelf().stream()
                            .anyMatch(NativeImageMetadataTest::isReflection))
                .map(type -> topLevel(type).getName().substring(ROOT.length())))
        .containsOnly(
            "OpenManagers",
            "RecordLinkage",
            "internal.cache.ClassFactory",
            "internal.codec.canonical.ArrayTypes",
            "internal.codec.canonical.CollectionTypes",
            "internal.codec.canonical.RecordType",
            "internal.codec.canonical.Reflection",
            "internal.codec.canonical.SerialShape",
            "internal.codec.serialization.ApplicationClasses",
            "internal.codec.serialization.DeniedClasses",
            "internal.codec.value.ValueCodecs",
            "internal.config.source.FileFinder",
            "internal.jfr.FlightRecorder",
            "internal.library.OptionalLibrary",
            "internal.management.JmxRegistration",
            "internal.store.memcached.BoundedFuture",
            "internal.store.memcached.NodeBeans",
            "internal.store.memcached.ProductVersion",
            "internal.store.memcached.discovery.DnsQueries",
            "internal.store.memcached.spymemcached.ClientLog",
            "internal.store.memcached.spymemcached.ClientTls",
            "internal.store.memcached.spymemcached.DirectNode",
            "internal.store.memcached.spymemcached.Md5Substitute",
            "internal.thread.VirtualThreads");
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(NativeImageMetadataTest::topLevel).orElse(type);
  }

  private static boolean isReflection(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return switch (owner) {
      case "java.lang.Class" ->
          name.matches(
              "forName|newInstance|getResource.*|get(Declared)?(Constructor|Field|Method)s?|getRecordComponents");
      case "java.lang.ClassLoader" -> name.matches("loadClass|getResource.*");
      case "java.lang.reflect.Proxy" -> name.equals("newProxyInstance");
      case "java.lang.reflect.Array" -> name.equals("newInstance");
      case "java.lang.reflect.Constructor" -> name.equals("newInstance");
      case "java.lang.reflect.Method" -> name.equals("invoke");
      case "java.lang.invoke.MethodHandles$Lookup" -> name.startsWith("find");
      case "java.util.ServiceLoader", "java.util.ResourceBundle" -> true;
      case "javax.management.MBeanServer" -> name.equals("registerMBean");
      case "javax.naming.directory.InitialDirContext" -> true;
      default -> owner.endsWith("FieldUpdater") && name.equals("newUpdater");
    };
  }
}
