package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.assertRefused;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.filter;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.read;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.serialized;

import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.rmi.server.UID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.serialization.SerializedObjects.Line;
import org.jcachememcached.internal.codec.serialization.SerializedObjects.Node;
import org.junit.jupiter.api.Test;

/** Which classes are read: what the patterns allow, and nothing that is known from attacks. */
class DeserializationPolicyTest {

  private static final String ACME = SerializedObjects.class.getName();

  @Test
  void onlyWhatThePatternsAllowIsRead() throws IOException {
    DeserializationPolicy strict = filter(ACME + "$Line;java.time.*;java.math.*;java.lang.*;!*");
    Line line = new Line("book", BigDecimal.TEN, Instant.EPOCH, 1);

    assertThat(read(serialized(line), strict)).isEqualTo(line);
    assertRefused(
        () -> read(serialized(new HashMap<>()), strict),
        "the class java.util.HashMap",
        "deserialization.filter");
    assertRefused(() -> read(serialized(Node.chain(1)), strict), "$Node");
    assertRefused(() -> read(serialized(new Node[0]), strict), "$Node");
  }

  @Test
  void whatThePatternsForbidIsNotWrittenEither() {
    ValueCodec codec = Codecs.java(filter("!" + ACME + "$*"));

    assertRefused(
        () -> codec.encode(new ArrayList<>(List.of(Node.chain(1)))),
        "java.util.ArrayList cannot become bytes",
        "$Node would not be read again",
        "deserialization.filter");
  }

  @Test
  void thePatternsComeBeforeTheList() throws IOException {
    UID uid = new UID();

    assertRefused(
        () -> read(serialized(uid), Policies.DEFAULT),
        "the class java.rmi.server.UID",
        "known from attacks",
        "deserialization.filter");
    assertThat(read(serialized(uid), filter("java.rmi.server.UID"))).isEqualTo(uid);
  }

  @Test
  void keysPassTheFilterWhenTheyAreReadBack() throws IOException {
    KeyCodec writer = Codecs.keys(filter("java.rmi.server.*"));
    KeyCodec reader = Codecs.keys();

    for (Object key : List.of(new UID(), new UID[0], UID.class, List.of(new UID()))) {
      EncodedKey encoded = writer.encode(key);
      assertRefused(
          () -> reader.decode(encoded.wire(), encoded.original()),
          encoded.wire(),
          "java.rmi.server.UID",
          "deserialization.filter");
      assertThat(reader.encode(key)).isEqualTo(encoded);
    }
  }

  @Test
  void aLambdaIsRefusedUnlessItIsAllowed() throws IOException {
    TreeMap<String, Integer> byKey = new TreeMap<>(Comparator.comparing(new Length()));
    byKey.put("a", 1);

    assertRefused(() -> Codecs.java().encode(byKey), "java.lang.invoke.SerializedLambda");
    assertRefused(
        () -> read(serialized(byKey), Policies.DEFAULT), "java.lang.invoke.SerializedLambda");
    assertThat(read(serialized(byKey), filter("java.lang.invoke.SerializedLambda")))
        .isEqualTo(byKey);
  }

  static final class Length implements java.util.function.Function<String, Integer>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer apply(String text) {
      return text.length();
    }
  }
}
