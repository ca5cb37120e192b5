package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.read;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.serialized;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.serialization.SerializedObjects.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever applications put into caches is read with the default policy. */
@SuppressWarnings("JdkObsolete") // Applications have them in their caches nevertheless.
class SerializedValuesTest {

  static Stream<Object> honestValues() throws Exception {
    return Stream.of(
        new ArrayList<>(List.of(1, "two", 3.0)),
        new LinkedList<>(List.of(BigDecimal.ONE)),
        List.of("a", List.of()),
        Arrays.asList("a", null),
        Collections.nCopies(1000, "a"),
        Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1))),
        new HashMap<>(1 << 20, 0.25f),
        filled(new HashMap<>(16, 0.25f)),
        filled(new LinkedHashMap<>(1 << 16)),
        filled(new ConcurrentHashMap<>(1 << 16)),
        filled(new Hashtable<>(1 << 16)),
        filled(new IdentityHashMap<>(10)),
        new HashSet<>(IntStream.range(0, 10_000).boxed().toList()),
        new EnumMap<>(Map.of(DayOfWeek.MONDAY, Set.of(DayOfWeek.FRIDAY))),
        new TreeSet<>(Comparator.<Integer>reverseOrder()),
        new CopyOnWriteArrayList<>(new String[] {"a"}),
        BitSet.valueOf(new long[] {1, 2}),
        new Line("book", new BigDecimal("9.90"), Instant.EPOCH, new int[0].length),
        new int[][] {{1}, {2, 3}},
        new Object[] {new byte[1000], new String[] {"a"}},
        ZonedDateTime.parse("2024-02-29T12:00:00+01:00[Europe/Paris]"),
        DayOfWeek.MONDAY,
        Locale.FRANCE,
        Currency.getInstance("EUR"),
        new URI("http://localhost/"));
  }

  private static Map<Object, Object> filled(Map<Object, Object> map) {
    for (int i = 0; i < 1000; i++) {
      map.put("k" + i, i);
    }
    return map;
  }

  @ParameterizedTest
  @MethodSource("honestValues")
  void honestValuesComeBack(Object value) throws IOException {
    Object read = read(serialized(value), Policies.DEFAULT);

    if (value instanceof IdentityHashMap<?, ?> map) {
      assertThat(((Map<?, ?>) read)).hasSameSizeAs(map);
    } else {
      assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }
  }

  @Test
  void exceptionsAndQueuesComeBack() throws IOException {
    Exception failure = new IllegalStateException("outer", new IOException("inner"));
    failure.addSuppressed(new java.rmi.RemoteException("suppressed"));

    assertThat(read(serialized(failure), Policies.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasToString(failure.toString());
    assertThat(read(serialized(new PriorityQueue<>(List.of(2, 1))), Policies.DEFAULT))
        .asString()
        .isEqualTo("[1, 2]");
    assertThat(read(serialized(new ArrayDeque<>(List.of(2, 1))), Policies.DEFAULT))
        .asString()
        .isEqualTo("[2, 1]");
    assertThat(read(serialized(new AtomicLong(7)), Policies.DEFAULT)).hasToString("7");
  }

  /** A view that is complete before the collection below it is. */
  @Test
  void aGraphWithCyclesComesBack() throws IOException {
    List<Object> members = new ArrayList<>();
    members.add(new ArrayList<>(List.of(Collections.unmodifiableList(members), "x")));

    assertThat((List<?>) read(serialized(members), Policies.DEFAULT)).hasSize(1);
  }
}
