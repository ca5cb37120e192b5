package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Says in the output of every run which Guice the tests ran on. */
class GuiceVersionTest {

  static String line(String jar) {
    return "The tests run on " + jar;
  }

  @Test
  void saysWhichGuiceIsOnTheClassPath() throws Exception {
    Path jar = Path.of(Guice.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    System.out.println(line(jar.getFileName().toString()));

    assertThat(jar.getFileName().toString()).startsWith("guice-");
  }
}
