package org.jcachememcached.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What works, as the page on interoperation says it, a row at a time. Stateless. */
final class Matrix {

  private static final Path PAGE = Path.of("..", "docs", "interoperation.md");

  private Matrix() {}

  static String text(String label) {
    return " " + label + " |";
  }

  static String cell(boolean works) {
    return works ? " yes |" : " no |";
  }

  static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining("", "|", ""));
  }

  /** Prints rows, and fails where they are not on the page. */
  static void assertOnPage(String... rows) {
    Stream.of(rows).forEach(System.out::println);
    assertThat(page().lines()).contains(rows);
  }

  static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
