package org.jcachememcached.testing;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Random values for tests of what holds for all values: small ones and edge cases more often than
 * others. The values are the same in each run. A failure names them, and the seed that makes them
 * the first values of a run: {@code -Dsamples.seed=...}. Not thread-safe.
 */
public final class Samples {

  /** What must hold for all values that it takes from the samples. */
  @FunctionalInterface
  public interface Property {
    void check(Samples samples) throws Exception;
  }

  private static final int TRIES = 1_000;
  private static final int MAX_LENGTH = 255;
  private static final int SHORT = 8;

  private static final List<Long> EDGES =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          -2L,
          (long) Integer.MAX_VALUE,
          (long) Integer.MIN_VALUE,
          1L + Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1,
          Long.MIN_VALUE + 1);

  /** Ends of ASCII, of surrogates and of what UTF-8 writes in one, two and three bytes. */
  private static final String EDGE_CHARS =
      "\0\t\r\n !~\u007f\u0080\u07ff\u0800\ud7ff\ud800\udbff\udc00\udfff\ue000\ufffd\ufeff\uffff";

  private final SplittableRandom random;
  private final List<String> taken = new ArrayList<>();
  private int depth;

  private Samples(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Checks a property with 1,000 samples. */
  public static void forAll(Property property) {
    forAll(TRIES, property);
  }

  /** Checks a property with so many samples. */
  public static void forAll(int tries, Property property) {
    long first = Long.getLong("samples.seed", 0);
    for (long seed = first; seed < first + tries; seed++) {
      Samples samples = new Samples(seed);
      try {
        property.check(samples);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "Does not hold for %s, again with -Dsamples.seed=%d: %s"
                .formatted(samples.taken, seed, e.getMessage()),
            e);
      }
    }
  }

  public boolean anyBoolean() {
    return take(random::nextBoolean);
  }

  public byte anyByte() {
    return take(() -> (byte) number());
  }

  public int anyInt() {
    return take(() -> (int) number());
  }

  public long anyLong() {
    return take(this::number);
  }

  /** One of so many bits: as many small numbers as large ones. */
  private long number() {
    return random.nextInt(10) == 0
        ? EDGES.get(random.nextInt(EDGES.size()))
        : random.nextLong() >> random.nextInt(Long.SIZE);
  }

  /** A number from the first to the last, both included. */
  public int between(int first, int last) {
    return take(
        () ->
            switch (random.nextInt(20)) {
              case 0 -> first;
              case 1 -> last;
              default -> random.nextInt(first, last + 1);
            });
  }

  /** Up to 255 bytes. */
  public byte[] bytes() {
    return take(
        () -> {
          byte[] bytes = new byte[length(MAX_LENGTH)];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(10) == 0 ? number() : random.nextInt());
          }
          return bytes;
        });
  }

  /** A string of up to 255 characters, lone surrogates among them. */
  public String text() {
    return text(MAX_LENGTH);
  }

  /** A string of up to so many characters, lone surrogates among them. */
  public String text(int maxLength) {
    return take(
        () -> {
          StringBuilder text = new StringBuilder();
          int length = length(maxLength);
          boolean printable = random.nextInt(3) == 0;
          for (int i = 0; i < length; i++) {
            text.append(printable ? (char) random.nextInt('!', '~' + 1) : character());
          }
          return text.toString();
        });
  }

  private char character() {
    return switch (random.nextInt(4)) {
      case 0 -> EDGE_CHARS.charAt(random.nextInt(EDGE_CHARS.length()));
      case 1 -> (char) random.nextInt(' ', '\u0100');
      default -> (char) random.nextInt(Character.MAX_VALUE + 1);
    };
  }

  /** Up to so many values. */
  public <T> List<T> list(int maxSize, Function<Samples, ? extends T> element) {
    return take(
        () -> {
          List<T> list = new ArrayList<>();
          for (int length = length(maxSize); length > 0; length--) {
            list.add(element.apply(this));
          }
          return list;
        });
  }

  private int length(int max) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> max;
      case 2, 3, 4 -> random.nextInt(Math.min(max, SHORT) + 1);
      default -> random.nextInt(max + 1);
    };
  }

  /** One of these values. */
  @SafeVarargs
  public final <T> T of(T... values) {
    return take(() -> values[random.nextInt(values.length)]);
  }

  /** A value of one of these kinds. */
  @SafeVarargs
  public final <T> T oneOf(Function<Samples, ? extends T>... kinds) {
    return any(kinds[random.nextInt(kinds.length)]);
  }

  /** A value that is made of others. */
  public <T> T any(Function<Samples, ? extends T> kind) {
    return take(() -> kind.apply(this));
  }

  /** Takes note of a value that is not part of another one. */
  private <T> T take(Supplier<T> value) {
    depth++;
    T taken = value.get();
    depth--;
    if (depth == 0) {
      this.taken.add(describe(taken));
    }
    return taken;
  }

  private static String describe(Object value) {
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    return value instanceof String text ? '"' + escaped(text) + '"' : String.valueOf(value);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c >= ' ' && c <= '~' ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return escaped.toString();
  }
}
