package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few kilobytes that would keep a processor busy until the end of the world. */
@Timeout(30)
class DeserializationBombTest {

  private static final int LEVELS = 100;

  static Stream<Named<Object>> bombs() {
    return Stream.of(
        named("sets in sets", nested(HashSet::new, new HashSet<>())),
        named("linked sets in sets", nested(LinkedHashSet::new, new HashSet<>())),
        named("lists in lists", nested(ArrayList::new, new ArrayList<>())),
        named("lists in lists in a set", nested(ArrayList::new, new HashSet<>())),
        named("maps as keys of maps", nestedMaps()),
        named("copies of copies", Collections.nCopies(10_000, Collections.nCopies(10_000, "x"))));
  }

  /**
   * Two collections in each of the two of the level above, filled from the outside inwards, so that
   * making it is cheap: as many paths as two to the power of the levels.
   */
  private static Object nested(Supplier<Collection<Object>> inner, Collection<Object> outermost) {
    Collection<Object> one = outermost;
    Collection<Object> other = inner.get();
    for (int i = 0; i < LEVELS; i++) {
      Collection<Object> nextOne = inner.get();
      Collection<Object> nextOther = inner.get();
      nextOne.add("makes them different");
      one.addAll(List.of(1, 2));
      one.add(nextOne);
      one.add(nextOther);
      other.add(nextOne);
      other.add(nextOther);
      one = nextOne;
      other = nextOther;
    }
    return outermost;
  }

  private static Object nestedMaps() {
    Map<Object, Object> outermost = new HashMap<>();
    Map<Object, Object> one = outermost;
    Map<Object, Object> other = new HashMap<>();
    for (int i = 0; i < LEVELS; i++) {
      Map<Object, Object> nextOne = new HashMap<>();
      Map<Object, Object> nextOther = new HashMap<>();
      nextOne.put("makes", "them different");
      one.put(nextOne, 1);
      one.put(nextOther, 2);
      other.put(nextOne, 1);
      other.put(nextOther, 2);
      one = nextOne;
      other = nextOther;
    }
    return outermost;
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void isRefusedBeforeItGoesOff(Object bomb) throws IOException {
    byte[] bytes = serialized(bomb);
    ValueCodec codec = Codecs.java();

    assertThat(bytes.length).isLessThan(10_000);
    assertThatThrownBy(() -> codec.decode(1, bytes, 0, bytes.length))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("more than 1000000 references where shared parts count each time")
        .hasMessageContaining("deserialization.max.references");
  }

  /** Sharing is common; it is only refused where it multiplies. */
  @Test
  void sharedPartsAreRead() throws IOException {
    Set<String> tags = Set.of("a", "b", "c");
    List<Object> orders = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      orders.add(List.of(i, tags));
    }
    byte[] bytes = serialized(orders);
    ValueCodec codec = Codecs.java();

    assertThat(codec.decode(1, bytes, 0, bytes.length)).isEqualTo(orders);
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }
}
