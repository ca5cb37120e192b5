package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.rmi.server.UID;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JdkObsolete") // Applications have them in their caches nevertheless.
class DeserializationPolicyTest {

  private static final String ACME = DeserializationPolicyTest.class.getName();

  // What applications put into caches

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

  record Line(String article, BigDecimal price, Instant at, int count) implements Serializable {}

  @ParameterizedTest
  @MethodSource("honestValues")
  void honestValuesComeBack(Object value) throws IOException {
    Object read = read(serialized(value), DeserializationPolicy.DEFAULT);

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

    assertThat(read(serialized(failure), DeserializationPolicy.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasToString(failure.toString());
    assertThat(read(serialized(new PriorityQueue<>(List.of(2, 1))), DeserializationPolicy.DEFAULT))
        .asString()
        .isEqualTo("[1, 2]");
    assertThat(read(serialized(new ArrayDeque<>(List.of(2, 1))), DeserializationPolicy.DEFAULT))
        .asString()
        .isEqualTo("[2, 1]");
    assertThat(read(serialized(new AtomicLong(7)), DeserializationPolicy.DEFAULT)).hasToString("7");
  }

  @Test
  void aLinkedListMadeByHandMayBeLong() throws IOException {
    byte[] bytes = serialized(Node.chain(500));

    assertThat(read(bytes, DeserializationPolicy.DEFAULT)).isInstanceOf(Node.class);
    assertRefused(
        () -> read(serialized(Node.chain(501)), DeserializationPolicy.DEFAULT),
        "more than 500 levels of nesting",
        "deserialization.max.depth");
  }

  static final class Node implements Serializable {
    private static final long serialVersionUID = 1L;
    final @Nullable Node next;

    private Node(@Nullable Node next) {
      this.next = next;
    }

    static Node chain(int length) {
      Node first = new Node(null);
      for (int i = 1; i < length; i++) {
        first = new Node(first);
      }
      return first;
    }
  }

  /** A view that is complete before the collection below it is. */
  @Test
  void aGraphWithCyclesComesBack() throws IOException {
    List<Object> members = new ArrayList<>();
    members.add(new ArrayList<>(List.of(Collections.unmodifiableList(members), "x")));

    assertThat((List<?>) read(serialized(members), DeserializationPolicy.DEFAULT)).hasSize(1);
  }

  // Patterns

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
    JavaValueCodec codec = new JavaValueCodec(Keys::classLoader, filter("!" + ACME + "$*"));

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
        () -> read(serialized(uid), DeserializationPolicy.DEFAULT),
        "the class java.rmi.server.UID",
        "known from attacks",
        "deserialization.filter");
    assertThat(read(serialized(uid), filter("java.rmi.server.UID"))).isEqualTo(uid);
  }

  @Test
  void keysPassTheFilterWhenTheyAreReadBack() throws IOException {
    KeyCodec writer =
        new KeyCodec(
            new Namespace("orders", "user"), Keys::classLoader, filter("java.rmi.server.*"));
    KeyCodec reader = new KeyCodec(new Namespace("orders", "user"), Keys::classLoader);

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
  void keysMayNotBeNestedWithoutEnd() {
    Object key = "leaf";
    for (int i = 0; i < 600; i++) {
      key = Collections.singletonList(key);
    }
    KeyCodec codec = new KeyCodec(new Namespace("orders", "user"), Keys::classLoader);
    EncodedKey encoded = codec.encode(key);

    assertRefused(
        () -> codec.decode(encoded.wire(), encoded.original()), "deserialization.max.depth");
  }

  @Test
  void aLambdaIsRefusedUnlessItIsAllowed() throws IOException {
    TreeMap<String, Integer> byKey = new TreeMap<>(Comparator.comparing(new Length()));
    byKey.put("a", 1);

    assertRefused(
        () -> new JavaValueCodec(Keys::classLoader).encode(byKey),
        "java.lang.invoke.SerializedLambda");
    assertRefused(
        () -> read(serialized(byKey), DeserializationPolicy.DEFAULT),
        "java.lang.invoke.SerializedLambda");
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

  // Proxies

  /** Making a proxy class of it initializes it, because it has a default method. */
  interface Trap extends Serializable {
    Object SPRUNG = Sprung.spring();

    default void fall() {}
  }

  static final class Sprung {
    static volatile boolean sprung;

    static Object spring() {
      sprung = true;
      return "sprung";
    }
  }

  record Handler() implements InvocationHandler, Serializable {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
      return null;
    }
  }

  @Test
  void theInterfacesOfAProxyAreJudgedBeforeItIsMade() throws IOException {
    assertRefused(() -> read(proxyOf(Trap.class), filter("!" + ACME + "$Trap")), "$Trap");
    assertThat(Sprung.sprung).isFalse();
  }

  @Test
  void theHandlerOfAProxyIsJudged() throws IOException {
    byte[] bytes = proxyOf(Comparable.class);

    assertRefused(() -> read(bytes, filter("!" + ACME + "$Handler")), "$Handler");
    assertRefused(() -> read(bytes, filter("java.base/*;!*")), "$Handler");
    assertThat(read(bytes, filter(ACME + "$*;java.base/*;!*"))).isInstanceOf(Comparable.class);
  }

  /** Serialized without the JVM's having made it: the name of an interface put for another's. */
  private static byte[] proxyOf(Class<?> type) throws IOException {
    String stand = "java.io.Serializable";
    Object proxy =
        Proxy.newProxyInstance(
            Keys.classLoader(), new Class<?>[] {Serializable.class}, new Handler());
    String text = latin1(serialized(proxy));
    String from = latin1(new byte[] {0, (byte) stand.length()}) + stand;
    String to = latin1(new byte[] {0, (byte) type.getName().length()}) + type.getName();
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  // Limits

  @Test
  void limitsCanBeSet() throws IOException {
    List<Integer> hundred = IntStream.range(0, 100).boxed().toList();

    assertRefused(
        () ->
            read(
                serialized(hundred),
                Policies.with(CacheSettings.DESERIALIZATION_MAX_REFERENCES, 50)),
        "more than 50 references",
        "deserialization.max.references");
    assertRefused(
        () -> read(serialized(hundred), Policies.with(CacheSettings.DESERIALIZATION_MAX_ARRAY, 99)),
        "more than 99 elements in an array",
        "deserialization.max.array");
    assertRefused(
        () -> read(serialized(hundred), Policies.with(CacheSettings.DESERIALIZATION_MAX_BYTES, 99)),
        "more than 99 bytes",
        "deserialization.max.bytes");
    assertRefused(
        () ->
            read(
                serialized(Node.chain(4)),
                Policies.with(CacheSettings.DESERIALIZATION_MAX_DEPTH, 3)),
        "more than 3 levels of nesting",
        "deserialization.max.depth");
  }

  /** Each array announces all the bytes there are, and is allocated before the next is read. */
  @Test
  void nestedArraysCannotAnnounceMoreThanThereIs() throws IOException {
    Object[] array = new Object[40_000];
    for (int i = 0; i < 20; i++) {
      Object[] outer = new Object[40_000];
      outer[0] = array;
      array = outer;
    }
    byte[] honest = serialized(array);
    byte[] cut = Arrays.copyOf(honest, 300);

    assertThat(read(honest, DeserializationPolicy.DEFAULT)).isInstanceOf(Object[].class);
    assertRefused(() -> read(cut, DeserializationPolicy.DEFAULT), "300 bytes can fill");
  }

  @Test
  void anArrayCannotBeLargerThanItsBytes() {
    byte[] bytes = {
      (byte) 0xAC,
      (byte) 0xED,
      0,
      5,
      0x75,
      0x72,
      0,
      2,
      '[',
      'B',
      (byte) 0xAC,
      (byte) 0xF3,
      0x17,
      (byte) 0xF8,
      6,
      8,
      0x54,
      (byte) 0xE0,
      2,
      0,
      0,
      0x78,
      0x70,
      1,
      0,
      0,
      0
    };

    assertRefused(() -> read(bytes, DeserializationPolicy.DEFAULT), "arrays of 16777216 elements");
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes, DeserializationPolicy policy) {
    return new JavaSerialization(Keys::classLoader, policy).deserialize(bytes, 0, bytes.length);
  }

  private static DeserializationPolicy filter(String patterns) {
    return Policies.with(CacheSettings.DESERIALIZATION_FILTER, patterns);
  }

  private static void assertRefused(ThrowingCallable call, String... reasons) {
    assertThatThrownBy(call).isInstanceOf(CodecException.class).hasMessageContainingAll(reasons);
  }
}
