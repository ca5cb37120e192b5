package org.jcachememcached.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;

/** A loader that answers as a test wants and remembers its calls. Thread-safe. */
public final class RecordingLoader implements CacheLoader<String, String> {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Function<String, String> answer;

  /** A loader of a key in upper case. */
  public RecordingLoader() {
    this(key -> key.toUpperCase(Locale.ROOT));
  }

  /**
   * @param answer what to load for a key; null for what is not known
   */
  public RecordingLoader(Function<String, String> answer) {
    this.answer = answer;
  }

  /** A configuration that reads through to this loader. */
  public MutableConfiguration<String, String> configuration() {
    return new MutableConfiguration<String, String>()
        .setCacheLoaderFactory(new SingletonFactory<>(this))
        .setReadThrough(true);
  }

  /** The calls so far, in order: {@code "load key"}, {@code "loadAll [a, b]"}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public String load(String key) {
    calls.add("load " + key);
    return answer.apply(key);
  }

  @Override
  public Map<String, String> loadAll(Iterable<? extends String> keys) {
    TreeSet<String> sorted = new TreeSet<>();
    keys.forEach(sorted::add);
    calls.add("loadAll " + sorted);
    Map<String, String> loaded = new HashMap<>();
    sorted.forEach(key -> loaded.put(key, answer.apply(key)));
    return loaded;
  }
}
