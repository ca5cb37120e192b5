package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import net.spy.memcached.AddrUtil;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Locator;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.transcoders.Transcoder;
import org.jspecify.annotations.Nullable;

/**
 * spymemcached by itself, set up for speed: the text protocol, no Nagle, gets that wait in its
 * queue merged into one. Keys are as long as the provider's, and not below its prefix. Thread-safe.
 */
final class RawContender implements Contender {

  private static final String USERS = "other:users:s:";
  private static final String VISITED = "other:visit:s:";
  private static final String COUNTERS = "other:count:s:";
  private static final int FOREVER = 0;

  /** As many as the provider's pages have. */
  private static final int PAGE_SIZE = 500;

  /** As the provider's. */
  private static final long TIMEOUT_MILLIS = 1_000;

  private static final Transcoder<String> TEXT = new PlainTranscoder<>(text -> text, text -> text);
  private static final Transcoder<Integer> DIGITS =
      new PlainTranscoder<>(String::valueOf, Integer::valueOf);

  private final String server;
  private final MemcachedClient client;

  /**
   * @param server host:port
   */
  RawContender(String server) {
    this.server = server;
    try {
      client =
          new MemcachedClient(
              new ConnectionFactoryBuilder()
                  .setProtocol(Protocol.TEXT)
                  .setLocatorType(Locator.CONSISTENT)
                  .setHashAlg(DefaultHashAlgorithm.KETAMA_HASH)
                  .setUseNagleAlgorithm(false)
                  .setShouldOptimize(true)
                  .setOpTimeout(TIMEOUT_MILLIS)
                  .setDaemon(true)
                  .build(),
              AddrUtil.getAddresses(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable String get(String key) {
    return client.get(USERS + key, TEXT);
  }

  @Override
  public @Nullable String visit(String key) {
    // Its text protocol has no command that does both.
    Future<Boolean> touched = client.touch(VISITED + key, VISIT_SECONDS, TEXT);
    String found = client.get(VISITED + key, TEXT);
    isDone(touched);
    return found;
  }

  @Override
  public void prepareVisits(String key, String value) {
    requireDone(client.set(VISITED + key, VISIT_SECONDS, value, TEXT));
  }

  @Override
  public void put(String key, String value) {
    requireDone(client.set(USERS + key, FOREVER, value, TEXT));
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    List<String> wireKeys = new ArrayList<>(keys.size());
    keys.forEach(key -> wireKeys.add(USERS + key));
    Map<String, String> values = new HashMap<>();
    client
        .getBulk(wireKeys, TEXT)
        .forEach((key, value) -> values.put(key.substring(USERS.length()), value));
    return values;
  }

  @Override
  public void putAll(Map<String, String> entries) {
    List<Future<Boolean>> sets = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> sets.add(client.set(USERS + key, FOREVER, value, TEXT)));
    sets.forEach(RawContender::requireDone);
  }

  @Override
  public int increment(String counter) {
    String key = COUNTERS + counter;
    while (true) {
      CASValue<Integer> seen = client.gets(key, DIGITS);
      int next = seen.getValue() + 1;
      if (client.cas(key, seen.getCas(), FOREVER, next, DIGITS) == CASResponse.OK) {
        return next;
      }
    }
  }

  @Override
  public long iterate() {
    List<String> keys = new KeyDump(server).keysBelow(USERS);
    long characters = 0;
    for (int from = 0; from < keys.size(); from += PAGE_SIZE) {
      List<String> page = keys.subList(from, Math.min(from + PAGE_SIZE, keys.size()));
      for (String value : client.getBulk(page, TEXT).values()) {
        characters += value.length();
      }
    }
    return characters;
  }

  @Override
  public void reset(String counter) {
    requireDone(client.set(COUNTERS + counter, FOREVER, 0, DIGITS));
  }

  private static void requireDone(Future<Boolean> future) {
    if (!isDone(future)) {
      throw new IllegalStateException("memcached did not store a value");
    }
  }

  private static boolean isDone(Future<Boolean> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("memcached did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
