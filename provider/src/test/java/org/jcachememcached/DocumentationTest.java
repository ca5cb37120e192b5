package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jcachememcached.testing.JavaSample;
import org.jcachememcached.testing.MarkdownPage;
import org.jcachememcached.testing.MarkdownPage.Link;
import org.jcachememcached.testing.MarkdownPage.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The documentation refers to what exists: its links lead to files and headings, its samples
 * compile or are read by the provider. External links are not followed.
 */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Path INDEX = DOCS.resolve("README.md");

  /** Their samples need other artifacts, whose modules compile them. */
  private static final Set<Path> COMPILED_ELSEWHERE =
      Set.of(
          DOCS.resolve("frameworks/spring.md"),
          DOCS.resolve("frameworks/spring-boot.md"),
          DOCS.resolve("guice.md"),
          DOCS.resolve("metrics.md"),
          DOCS.resolve("testing.md"));

  private static final int LINES_OF_README = 150;

  private static final Pattern EXTERNAL = Pattern.compile("[a-z]+:.*");
  private static final Pattern OUR_CLASS =
      Pattern.compile("org\\.jcachememcached\\.(?:[a-z]+\\.)*[A-Z]\\w*");

  /** The modules whose classes pages may name. */
  private static final List<String> SOURCES =
      List.of(
          "provider",
          "annotations-guice",
          "integrations/junit",
          "integrations/micrometer",
          "integrations/spring-boot-starter",
          "src-examples");

  private static final JavaSample.Context CONTEXT =
      new JavaSample.Context(
          List.of(
              "java.net.URI",
              "javax.cache.*",
              "javax.cache.configuration.*",
              "javax.cache.expiry.*",
              "javax.cache.spi.*",
              "org.jcachememcached.*",
              "org.jcachememcached.api.*"),
          """
          CacheManager manager;
          record User(String name, int age) implements java.io.Serializable {}
          """);

  static List<MarkdownPage> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(DOCS)) {
      Stream<Path> manual = docs.filter(file -> file.toString().endsWith(".md")).sorted();
      Stream<Path> root =
          Stream.of(
                  "README.md",
                  "CONTRIBUTING.md",
                  "SECURITY.md",
                  "CHANGELOG.md",
                  "benchmarks/README.md")
              .map(ROOT::resolve);
      return Stream.concat(root, manual).map(MarkdownPage::new).toList();
    }
  }

  private static List<Sample> samples(String language) throws IOException {
    return pages().stream().flatMap(page -> page.samples(language).stream()).toList();
  }

  static List<Sample> java() throws IOException {
    return samples("java").stream()
        .filter(sample -> !COMPILED_ELSEWHERE.contains(sample.page()))
        .toList();
  }

  static List<Sample> xml() throws IOException {
    return samples("xml");
  }

  static List<Sample> hocon() throws IOException {
    return samples("hocon");
  }

  static List<Sample> properties() throws IOException {
    return samples("properties");
  }

  @Test
  void readmeIsShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(LINES_OF_README);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndHeadings(MarkdownPage page) {
    assertThat(page.links()).filteredOn(link -> !leadsSomewhere(page, link)).isEmpty();
  }

  private static boolean leadsSomewhere(MarkdownPage page, Link link) {
    if (EXTERNAL.matcher(link.target()).matches()) {
      return true;
    }
    String[] parts = link.target().split("#", 2);
    Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
    return Files.exists(file)
        && (parts.length == 1 || new MarkdownPage(file).anchors().contains(parts[1]));
  }

  @Test
  void indexLinksToEveryPageOfTheManual() throws IOException {
    List<Path> linked =
        new MarkdownPage(INDEX)
            .links().stream().map(link -> DOCS.resolve(link.target())).distinct().toList();

    assertThat(pages())
        .extracting(MarkdownPage::file)
        .filteredOn(file -> file.startsWith(DOCS) && !file.equals(INDEX))
        .isNotEmpty()
        .isSubsetOf(linked);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void classesExist(MarkdownPage page) {
    List<String> named =
        OUR_CLASS.matcher(page.text()).results().map(match -> match.group()).distinct().toList();

    assertThat(named).filteredOn(name -> !hasSource(name)).isEmpty();
  }

  private static boolean hasSource(String className) {
    String file = "src/main/java/" + className.replace('.', '/') + ".java";
    return SOURCES.stream().anyMatch(module -> Files.exists(ROOT.resolve(module).resolve(file)));
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompiles(Sample sample) {
    assertThat(new JavaSample(CONTEXT, sample.code()).errors()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("xml")
  void xmlIsWellFormed(Sample sample) {
    assertThatCode(() -> parse(sample.code())).doesNotThrowAnyException();
  }

  /** A sample may be several elements. */
  private static void parse(String elements)
      throws IOException, ParserConfigurationException, SAXException {
    String document = "<sample>" + elements + "</sample>";
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(document)));
  }

  @ParameterizedTest
  @MethodSource("hocon")
  void configurationFilesAreAccepted(Sample sample, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("sample.conf"), sample.code());

    assertThatCode(() -> openManager(file.toUri(), new Properties())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("properties")
  void propertiesAreAccepted(Sample sample) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(sample.code()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    assertThat(properties).isNotEmpty();
    assertThatCode(() -> openManager(URI.create("none:/"), properties)).doesNotThrowAnyException();
  }

  /** Refuses settings that are unknown or wrong, and connects to no server. */
  private static void openManager(URI uri, Properties properties) {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      provider.getCacheManager(uri, null, properties);
    }
  }
}
