package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the jar of the provider tells module systems and its users besides its classes. */
class PackagedJarIT {

  private static final Path JAR = Path.of(System.getProperty("provider.jar"));

  @Test
  void manifestDescribesTheBundle() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("org.jcachememcached");
      assertThat(manifest.getValue("Export-Package"))
          .contains("org.jcachememcached;", "org.jcachememcached.api;")
          .doesNotContain("internal");
      assertThat(manifest.getValue("Import-Package").split("(?<=\"|optional|[a-z]),(?=[a-z])"))
          .anyMatch(entry -> entry.matches("org\\.slf4j;version=\"\\[2\\.0,3\\)\""))
          .filteredOn(
              entry ->
                  entry.matches(
                      "(com\\.github|com\\.typesafe|tools\\.jackson|net\\.jpountz|jdk\\.jfr).*"))
          .hasSizeGreaterThan(5)
          .allMatch(entry -> entry.endsWith(";resolution:=optional"));
      assertThat(manifest.getValue("Provide-Capability"))
          .contains("osgi.serviceloader=\"javax.cache.spi.CachingProvider\"");
    }
  }

  @Test
  void hasLicenseAndVersion() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/services/javax.cache.spi.CachingProvider")).isNotNull();
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isNotEmpty();
    }
  }
}
