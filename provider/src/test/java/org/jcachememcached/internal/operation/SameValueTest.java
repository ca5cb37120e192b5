package org.jcachememcached.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.TestCaches;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When {@code replace(key, old, new)} and {@code remove(key, old)} find the value they expect. */
class SameValueTest {

  /** A value as it is put, and another that differs from it. */
  private record Pair(Object value, Object other) {}

  private record Holder(byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Without {@code equals}: two of them are never equal. */
  private static final class Plain implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int number;

    Plain(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "Plain " + number;
    }
  }

  /** Equal whatever the case. */
  private static final class Caseless implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;

    Caseless(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Caseless that && text.equalsIgnoreCase(that.text);
    }

    @Override
    public int hashCode() {
      return Objects.hash(text.length());
    }
  }

  static Stream<Named<Pair>> values() {
    return Stream.of(
        pair("bytes", new byte[] {1, 2}, new byte[] {1, 3}),
        pair("no bytes", new byte[0], new byte[1]),
        pair("ints", new int[] {1}, new int[] {2}),
        pair("strings", new String[] {"a", null}, new String[] {"a", "b"}),
        pair("nested", new int[][] {{1}, {2}}, new int[][] {{1}, {3}}),
        pair("list", list(new byte[] {1}), list(new byte[] {2})),
        pair("map", map(new long[] {1}), map(new long[] {2})),
        pair("record", new Holder(new byte[] {1}), new Holder(new byte[] {2})),
        pair("object", new Plain(1), new Plain(2)),
        pair("text", "a", "b"),
        pair("large", "a".repeat(100_000), "a".repeat(100_001)));
  }

  private static Named<Pair> pair(String name, Object value, Object other) {
    return Named.of(name, new Pair(value, other));
  }

  private static List<Object> list(Object element) {
    return new ArrayList<>(Arrays.asList("a", element));
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new HashMap<>(1 << 10);
    map.put("a", value);
    return map;
  }

  @ParameterizedTest
  @MethodSource("values")
  void isOfEqualContent(Pair pair) {
    for (String compression : List.of("none", "gzip")) {
      try (TestCaches caches = new TestCaches("memory:test?compression.type=" + compression)) {
        Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
        cache.put("k", pair.value());

        assertThat(cache.replace("k", pair.other(), "x")).isFalse();
        assertThat(cache.remove("k", pair.other())).isFalse();
        assertThat(cache.replace("k", pair.value(), pair.value())).isTrue();
        assertThat(cache.replace("k", cache.get("k"), pair.other())).isTrue();
        assertThat(cache.replace("k", pair.value(), "x")).isFalse();
        assertThat(cache.remove("k", cache.get("k"))).isTrue();
        assertThat(cache.containsKey("k")).isFalse();
      }
    }
  }

  @Test
  void isWhatEqualsSays() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
      cache.put("k", new Caseless("a"));

      assertThat(cache.remove("k", new Caseless("A"))).isTrue();
    }
  }

  @Test
  void isNeverWhatCannotBeStored() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
      cache.put("k", "v");

      assertThat(cache.remove("k", new Object())).isFalse();
      assertThat(cache.get("k")).isEqualTo("v");
    }
  }

  @Test
  void letsACacheOfBytesBeUpdatedOptimistically() {
    for (String format :
        List.of("codec=bytes", "codec=bytes&format=plain", "codec=bytes&format=php")) {
      try (TestCaches caches = new TestCaches("memory:test?" + format)) {
        Cache<String, byte[]> cache =
            caches.open(
                new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
        cache.put("k", new byte[] {1});

        assertThat(cache.replace("k", new byte[] {9}, new byte[] {2})).isFalse();
        assertThat(cache.replace("k", cache.get("k"), new byte[] {2})).isTrue();
        assertThat(cache.get("k")).containsExactly(2);
        assertThat(cache.remove("k", new byte[] {2})).isTrue();
      }
    }
  }
}
