package org.jcachememcached;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One JVM of a fleet, a program that carries out the lines of its standard input. Each load takes
 * its time, and makes a value that no other load makes. Its arguments are a URI, the {@link Way} in
 * which it asks for values, and a name; it says "ready".
 *
 * <pre>
 * race KEY MILLIS   says "ready" and waits for a line; then 16 threads want the value of the key, whose
 *                   load takes so long; says how many loads there were, and all values
 * hold KEY MILLIS   one thread wants it; says "loading" when the load begins, and the value
 * remove KEY        these say "done"
 * put KEY VALUE
 * clear
 * </pre>
 *
 * Not thread-safe.
 */
final class FleetMember {

  private static final int THREADS = 16;

  private final Way way;
  private final String name;
  private final MemcachedCache<String, String> cache;
  private final AtomicInteger loads = new AtomicInteger();
  private volatile long loadMillis;
  private volatile boolean isTelling;

  private FleetMember(MemcachedCacheManager manager, Way way, String name) {
    this.way = way;
    this.name = name;
    this.cache = way.open(manager, this::load);
  }

  private String load(String key) {
    int number = loads.incrementAndGet();
    if (isTelling) {
      System.out.println("loading");
    }
    try {
      Thread.sleep(loadMillis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return name + number;
  }

  private void serve(BufferedReader in) throws IOException {
    read("first"); // So that the first caller who counts is not later than those of other members.
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(carryOut(line.split(" "), in));
    }
  }

  private String carryOut(String[] words, BufferedReader in) throws IOException {
    return switch (words[0]) {
      case "race" -> {
        prepare(words[2], false);
        yield race(words[1], in);
      }
      case "hold" -> {
        prepare(words[2], true);
        yield read(words[1]);
      }
      case "remove", "put", "clear" -> {
        change(words);
        yield "done";
      }
      default ->
          throw new IllegalArgumentException(
              words[0] + " is none of race, hold, remove, put, clear");
    };
  }

  private void change(String[] words) {
    switch (words[0]) {
      case "remove" -> cache.remove(words[1]);
      case "put" -> cache.put(words[1], words[2]);
      default -> cache.clear();
    }
  }

  private void prepare(String millis, boolean isToTell) {
    loads.set(0);
    loadMillis = Long.parseLong(millis);
    isTelling = isToTell;
  }

  private String read(String key) {
    return way.read(cache, key, this::load);
  }

  private String race(String key, BufferedReader in) throws IOException {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<String>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  start.await();
                  return read(key);
                }));
      }
      System.out.println("ready");
      in.readLine();
      start.countDown();
      Set<String> values = valuesOf(callers);
      return loads + " " + String.join(" ", values);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Set<String> valuesOf(List<Future<String>> callers) {
    Set<String> values = new TreeSet<>();
    for (Future<String> caller : callers) {
      try {
        values.add(caller.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a caller got no value", e.getCause());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return values;
  }

  public static void main(String[] arguments) throws IOException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      MemcachedCacheManager manager =
          provider
              .getCacheManager(URI.create(arguments[0]), null)
              .unwrap(MemcachedCacheManager.class);
      new FleetMember(manager, Way.valueOf(arguments[1]), arguments[2]).serve(in);
    }
  }
}
