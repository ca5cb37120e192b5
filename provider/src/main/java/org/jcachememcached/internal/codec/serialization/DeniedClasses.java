package org.jcachememcached.internal.codec.serialization;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The classes that known attacks on deserialization consist of, listed in {@value #RESOURCE}.
 * Thread-safe.
 */
final class DeniedClasses {

  static final String RESOURCE = "denied-classes.txt";

  private static final List<Entry> ENTRIES = read();

  private DeniedClasses() {}

  /** What bytes that name the class could make it do, or null if the class is not in the list. */
  static @Nullable String harmOf(Class<?> type) {
    ObjectInputFilter.FilterInfo info = new ClassInfo(type);
    for (Entry entry : ENTRIES) {
      if (entry.filter().checkInput(info) == ObjectInputFilter.Status.REJECTED) {
        return entry.harm();
      }
    }
    return null;
  }

  private static List<Entry> read() {
    try (InputStream in = DeniedClasses.class.getResourceAsStream(RESOURCE)) {
      Objects.requireNonNull(in, "The jar of the provider lacks the file " + RESOURCE);
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Entry::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line of the list. */
  private record Entry(ObjectInputFilter filter, String harm) {

    static Entry parse(String line) {
      String[] patternAndHarm = line.split("\\s+", 2);
      return new Entry(
          ObjectInputFilter.Config.createFilter("!" + patternAndHarm[0]), patternAndHarm[1]);
    }
  }
}
