package org.jcachememcached.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import net.spy.memcached.CachedData;
import net.spy.memcached.transcoders.Transcoder;

/**
 * Values as UTF-8 text and nothing else, which is what the provider makes of strings and numbers:
 * so both contenders send the same bytes. Thread-safe.
 */
final class PlainTranscoder<T> implements Transcoder<T> {

  private static final int NO_FLAGS = 0;

  private final Function<T, String> printer;
  private final Function<String, T> parser;

  PlainTranscoder(Function<T, String> printer, Function<String, T> parser) {
    this.printer = printer;
    this.parser = parser;
  }

  @Override
  public boolean asyncDecode(CachedData data) {
    return false;
  }

  @Override
  public CachedData encode(T value) {
    byte[] bytes = printer.apply(value).getBytes(StandardCharsets.UTF_8);
    return new CachedData(NO_FLAGS, bytes, getMaxSize());
  }

  @Override
  public T decode(CachedData data) {
    return parser.apply(new String(data.getData(), StandardCharsets.UTF_8));
  }

  @Override
  public int getMaxSize() {
    return CachedData.MAX_SIZE;
  }
}
