package org.jcachememcached.interoperation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.api.ItemFormat;

/** The clients in other languages that items are exchanged with. */
enum Client {
  PYMEMCACHE("pymemcache", "pymemcache", ItemFormat.PYTHON, "python3-pymemcache"),
  PYLIBMC("pylibmc", "pylibmc", ItemFormat.PYTHON, "python3-pylibmc"),
  PYTHON_MEMCACHED("python-memcached", "memcache", ItemFormat.PYTHON, "python3-memcache"),
  PHP_MEMCACHED("PHP memcached", "memcached", ItemFormat.PHP, "php-memcached");

  /** A distribution's packages may belong to another interpreter than the first one on the path. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private static final String SCRIPTS = "src/test/resources/interoperation/";

  private final String label;
  private final String module;
  private final ItemFormat format;
  private final String debianPackage;

  Client(String label, String module, ItemFormat format, String debianPackage) {
    this.label = label;
    this.module = module;
    this.format = format;
    this.debianPackage = debianPackage;
  }

  /** Its name in the documentation. */
  String label() {
    return label;
  }

  /** The format of a cache that is shared with it. */
  ItemFormat format() {
    return format;
  }

  boolean isPhp() {
    return format == ItemFormat.PHP;
  }

  /** Ends the test as skipped where the client is not there. */
  void requireInstalled() {
    assumeTrue(
        !interpreter().isEmpty(),
        () -> this + " is not installed; its package is " + debianPackage);
  }

  /** Starts the client on servers, given as {@code host:port:weight}. */
  ClientProcess start(List<String> servers) {
    List<String> command = new ArrayList<>(interpreter());
    command.add(SCRIPTS + (isPhp() ? "client.php" : "client.py"));
    command.add(module);
    command.addAll(servers);
    return ClientProcess.start(command);
  }

  /** The command that runs scripts which use the client; empty where it is not installed. */
  List<String> interpreter() {
    Stream<List<String>> candidates =
        isPhp() ? Stream.of(List.of("php")) : PYTHONS.stream().map(List::of);
    return candidates.filter(this::hasModule).findFirst().orElse(List.of());
  }

  private boolean hasModule(List<String> interpreter) {
    String probe =
        isPhp() ? "exit(extension_loaded('" + module + "') ? 0 : 1);" : "import " + module;
    List<String> command = new ArrayList<>(interpreter);
    command.addAll(Arrays.asList(isPhp() ? "-r" : "-c", probe));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
