package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The property lines in the pages of frameworks are those that the applications start with. */
final class DocumentedPropertiesTest {

  private static final List<Path> PAGES =
      List.of(Path.of("../../docs/frameworks.md"), Path.of("../../docs/frameworks/spring.md"));
  private static final Path APPLICATIONS = Path.of("src/main/resources");

  @Test
  void areThoseOfTheSpringBootApplication() throws IOException {
    List<String> lines = Files.readAllLines(APPLICATIONS.resolve("application.properties"));

    assertThat(documented("spring.")).isNotEmpty().isSubsetOf(lines);
  }

  @Test
  void areThoseOfTheHibernateApplication() throws IOException {
    String unit = Files.readString(APPLICATIONS.resolve("META-INF/persistence.xml"));

    assertThat(documented("hibernate."))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(unit).contains(inXml(line)));
  }

  private static List<String> documented(String prefix) throws IOException {
    List<String> documented = new ArrayList<>();
    for (Path page : PAGES) {
      Files.readAllLines(page).stream()
          .filter(line -> line.startsWith("    " + prefix))
          .map(String::strip)
          .forEach(documented::add);
    }
    return documented;
  }

  private static String inXml(String line) {
    return "<property name=\"" + line.replaceFirst("=", "\" value=\"") + "\"/>";
  }
}
