package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** Iteration and what is made of it, on caches that do not fit into a page. */
class IterationIT {

  private static final int MANY = 100_000;
  private static final int SOME = 10_000;

  /** So that all values together take twice the memory of the JVM that iterates over them. */
  private static final int VALUE_SIZE = 2_048;

  private static final String MEMORY = "-Xmx96m";

  @Test
  void missesAndRepeatsNothingWhileOthersWrite() throws Exception {
    try (MemcachedServer server = MemcachedServer.start("-m", "1024");
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<Integer, byte[]> iterated = Reader.cache(provider, uri(server), "iterated");
      fill(iterated, MANY);
      Cache<Integer, byte[]> other = Reader.cache(provider, uri(server), "other");
      AtomicBoolean stop = new AtomicBoolean();
      AtomicLong writes = new AtomicLong();
      ExecutorService writers = Executors.newFixedThreadPool(2);
      try (ChildJvm reader =
          ChildJvm.start(List.of(MEMORY), Map.of(), Reader.class, uri(server).toString())) {
        List<Future<?>> ends =
            List.of(
                writers.submit(() -> writeAndRemove(other, stop, writes)),
                writers.submit(() -> update(iterated, stop, writes)));
        assertThat(reader.readLine()).isEqualTo(MANY + " entries, 0 repeated, 0 missed, 0 wrong");
        stop.set(true);
        reader.awaitEnd();
        assertThatAllEndWell(ends);
        assertThat(writes).hasValueGreaterThan(1_000);
      } finally {
        stop.set(true);
        writers.shutdown();
      }
      assertThat(server.stats()).containsEntry("evictions", "0");
    }
  }

  private static void writeAndRemove(
      Cache<Integer, byte[]> cache, AtomicBoolean stop, AtomicLong writes) {
    for (int i = 0; !stop.get(); i = (i + 1) % SOME) {
      cache.put(i, Reader.value(i));
      cache.remove((i + SOME / 2) % SOME);
      writes.addAndGet(2);
    }
  }

  private static void update(Cache<Integer, byte[]> cache, AtomicBoolean stop, AtomicLong writes) {
    for (int i = 0; !stop.get(); i = (i + 7) % MANY) {
      cache.put(i, Reader.value(i));
      writes.incrementAndGet();
    }
  }

  private static void assertThatAllEndWell(List<Future<?>> ends)
      throws ExecutionException, InterruptedException {
    for (Future<?> end : ends) {
      end.get();
    }
  }

  @Test
  void removesEverySecondEntry() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<Integer, byte[]> cache = Reader.cache(provider, uri(server), "halved");
      fill(cache, SOME);
      boolean removeNext = false;
      List<Integer> kept = new ArrayList<>();
      for (Iterator<Cache.Entry<Integer, byte[]>> i = cache.iterator(); i.hasNext(); ) {
        int key = i.next().getKey();
        if (removeNext) {
          i.remove();
        } else {
          kept.add(key);
        }
        removeNext = !removeNext;
      }
      assertThat(kept).hasSize(SOME / 2);
      assertThat(keysOf(cache)).containsExactlyInAnyOrderElementsOf(kept);
      assertThat(cache.getAll(new HashSet<>(kept))).hasSize(SOME / 2);
    }
  }

  @Test
  void removeAllAndClearLeaveTheNeighbourAlone() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<Integer, byte[]> emptied = Reader.cache(provider, uri(server), "a");
      // Its name begins like that of the one that is emptied.
      Cache<Integer, byte[]> neighbour = Reader.cache(provider, uri(server), "a:b");
      fill(neighbour, SOME);

      fill(emptied, SOME);
      emptied.removeAll();
      assertThat(keysOf(emptied)).isEmpty();
      fill(emptied, SOME);
      emptied.clear();
      assertThat(keysOf(emptied)).isEmpty();

      assertThat(keysOf(neighbour)).hasSize(SOME).doesNotHaveDuplicates();
      assertThat(server.stats()).containsEntry("curr_items", Integer.toString(SOME));
    }
  }

  @Test
  void comesByAllServers() {
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        MemcachedServer three = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<Integer, byte[]> cache = Reader.cache(provider, uri(one, two, three), "spread");
      fill(cache, SOME);
      for (MemcachedServer server : List.of(one, two, three)) {
        assertThat(Integer.parseInt(server.stats().get("curr_items"))).isGreaterThan(SOME / 6);
      }
      assertThat(keysOf(cache))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SOME).boxed().toList());
      cache.clear();
      assertThat(keysOf(cache)).isEmpty();
    }
  }

  private static URI uri(MemcachedServer... servers) {
    List<String> addresses = List.of(servers).stream().map(MemcachedServer::address).toList();
    return URI.create("memcached://" + String.join(",", addresses) + "/?timeout=20s");
  }

  private static void fill(Cache<Integer, byte[]> cache, int entries) {
    Map<Integer, byte[]> page = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      page.put(i, Reader.value(i));
      if (page.size() == 1_000 || i == entries - 1) {
        cache.putAll(page);
        page.clear();
      }
    }
  }

  private static List<Integer> keysOf(Cache<Integer, byte[]> cache) {
    List<Integer> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  /** What iterates in a JVM with little memory, and says what it has seen. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
        BitSet seen = new BitSet(MANY);
        int entries = 0;
        int repeated = 0;
        int wrong = 0;
        for (Cache.Entry<Integer, byte[]> entry :
            cache(provider, URI.create(arguments[0]), "iterated")) {
          int key = entry.getKey();
          entries++;
          repeated += seen.get(key) ? 1 : 0;
          wrong += ByteBuffer.wrap(entry.getValue()).getInt() == key ? 0 : 1;
          seen.set(key);
        }
        int missed = MANY - seen.cardinality();
        System.out.printf(
            "%d entries, %d repeated, %d missed, %d wrong%n", entries, repeated, missed, wrong);
      }
    }

    static Cache<Integer, byte[]> cache(MemcachedCachingProvider provider, URI uri, String name) {
      return provider
          .getCacheManager(uri, null)
          .createCache(name, new MutableConfiguration<Integer, byte[]>());
    }

    static byte[] value(int key) {
      return ByteBuffer.allocate(VALUE_SIZE).putInt(key).array();
    }
  }
}
