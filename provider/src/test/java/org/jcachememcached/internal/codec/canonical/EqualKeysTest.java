package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key classes of applications, equal objects of which have different pasts. */
@SuppressWarnings("JdkObsolete") // Applications have them in their keys nevertheless.
class EqualKeysTest {

  private final CanonicalCodec codec = Codecs.canonical();

  @ParameterizedTest
  @MethodSource("org.jcachememcached.internal.codec.canonical.EqualKeys#all")
  void haveOneForm(List<Object> keys) {
    byte[] first = codec.encode(keys.get(0));
    for (Object key : keys) {
      assertThat(key).isEqualTo(keys.get(0));
      assertThat(codec.encode(key)).as(key.getClass().getName()).isEqualTo(first);
      assertThat(codec.encode(EqualKeys.copy(key))).as("a copy").isEqualTo(first);
      assertThat(codec.encode(EqualKeys.copy(EqualKeys.copy(key))))
          .as("a copy of a copy")
          .isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("org.jcachememcached.internal.codec.canonical.EqualKeys#all")
  void areReadBack(List<Object> keys) {
    for (Object key : keys) {
      assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
    }
  }

  @Test
  void othersHaveOtherForms() {
    List<Object> keys = new ArrayList<>();
    EqualKeys.all().forEach(same -> keys.add(same.getPayload().get(0)));
    keys.addAll(
        List.of(
            EqualKeys.bag("a", "c"),
            EqualKeys.bag("a"),
            new EqualKeys.Kept("b"),
            new EqualKeys.Box(List.of("b")),
            new EqualKeys.Box("a")));
    keys.addAll(
        List.of(
            new EqualKeys.Box(Set.of("a")),
            new EqualKeys.Box(new EqualKeys.Box("a")),
            new EqualKeys.Pair("a", "b")));

    assertThat(keys.stream().map(key -> Arrays.toString(codec.encode(key))))
        .doesNotHaveDuplicates();
  }

  @Test
  @SuppressWarnings("JdkObsolete") // Applications use it nevertheless.
  void recordsAndArraysGetTheClassesBackThatTheyDemand() {
    Sorted sorted = new Sorted(new TreeMap<>(Map.of("b", 1, "a", 2)), new LinkedList<>(List.of(1)));
    Object[] lists = new LinkedList<?>[] {new LinkedList<>(List.of(1, 2))};

    assertThat(codec.decode(codec.encode(sorted))).isEqualTo(sorted);
    assertThat((Object[]) codec.decode(codec.encode(lists))).isEqualTo(lists);
  }

  /** What the application holds is neither changed nor kept. */
  @Test
  void writingLeavesTheKeyAlone() {
    Owner owner = new Owner();

    codec.encode(new EqualKeys.Box(owner));

    assertThat(owner.part.owner).isSameAs(owner);
  }

  /** As Hibernate has it in the keys of its query cache. */
  @Test
  void aLambdaIsWrittenThoughItMayNotBeReadBack() {
    Object[] keys =
        Stream.generate(() -> new EqualKeys.Box(comparator()))
            .limit(2)
            .map(codec::encode)
            .toArray();

    assertThat(keys[0]).isEqualTo(keys[1]);
    assertThatThrownBy(() -> codec.decode((byte[]) keys[0]))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("java.lang.invoke.SerializedLambda", "deserialization.filter");
  }

  private static Comparator<String> comparator() {
    return (Comparator<String> & Serializable) (one, other) -> other.compareTo(one);
  }

  @Test
  void whatMayNotBeReadIsNotReadToBeWritten() {
    CanonicalCodec strict =
        new CanonicalCodec(
            new JavaSerialization(
                Keys::classLoader,
                Policies.with(CacheSettings.DESERIALIZATION_FILTER, "!" + Trap.class.getName())));

    assertThat(strict.encode(new Trap())).isNotEmpty();
    assertThat(strict.encode(new EqualKeys.Box(List.of(new Trap())))).isNotEmpty();
    assertThat(Trap.sprung).isFalse();
  }

  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    static volatile boolean sprung;

    private void readObject(ObjectInputStream in) {
      sprung = true;
    }
  }

  record Sorted(SortedMap<String, Integer> map, LinkedList<Integer> list) {}

  static final class Owner implements Serializable {
    private static final long serialVersionUID = 1L;
    final Part part = new Part();

    Owner() {
      part.owner = this;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      part.owner = this;
    }
  }

  static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;
    transient @Nullable Owner owner;
  }
}
