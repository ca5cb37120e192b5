package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shop in Spring Boot's executable jar, where the config file is in a jar within a jar ({@code
 * jar:nested:}), as are the provider and all that it needs.
 */
final class ExecutableJarIT {

  private static final long END_SECONDS = 60;

  @RegisterExtension private final ShopServer server = new ShopServer();

  @Test
  void sharesItsCacheWithTheNextProcess() throws Exception {
    assertThat(sell("7", "7")).containsSubsequence("No. 7", "No. 7", "visits to the warehouse: 1");
    assertThat(sell("7")).containsSubsequence("No. 7", "visits to the warehouse: 0");
    assertThat(server.keys("shop:")).containsExactly("shop:products:i.7");
  }

  private List<String> sell(String... numbers) throws IOException, InterruptedException {
    Process shop = start(numbers);
    try (BufferedReader output = shop.inputReader()) {
      List<String> lines = output.lines().toList();
      assertThat(shop.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(shop.exitValue()).as(String.join("\n", lines)).isZero();
      return lines;
    } finally {
      shop.destroyForcibly();
    }
  }

  private Process start(String... numbers) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-D" + ShopServer.PROPERTY + "=" + server.address(),
            "-jar",
            System.getProperty("executable.jar"));
    builder.command().addAll(List.of(numbers));
    return builder.redirectErrorStream(true).start();
  }
}
