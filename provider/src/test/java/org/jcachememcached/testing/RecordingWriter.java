package org.jcachememcached.testing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;

/**
 * A writer into a map that stands for a database, and remembers its calls. It can refuse keys, and
 * do something else after each call. Thread-safe but for what a test sets.
 */
public final class RecordingWriter implements CacheWriter<String, String> {

  private final Map<String, String> database = new HashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private RuntimeException refusal;
  private String refusedKey;
  private Runnable afterwards = () -> {};

  /** A configuration that writes through to this writer. */
  public MutableConfiguration<String, String> configuration() {
    return new MutableConfiguration<String, String>()
        .setCacheWriterFactory(new SingletonFactory<>(this))
        .setWriteThrough(true);
  }

  /** From now on, calls fail before they reach the key; of bulk calls, the keys before it work. */
  public void refuse(String key, RuntimeException cause) {
    refusedKey = key;
    refusal = cause;
  }

  /** From now on, this runs at the end of each call. */
  public void afterwards(Runnable action) {
    afterwards = action;
  }

  /** What the database holds. */
  public synchronized Map<String, String> database() {
    return Map.copyOf(database);
  }

  /** The calls so far, in order: {@code "write key=value"}, {@code "deleteAll [a, b]"}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void write(Cache.Entry<? extends String, ? extends String> entry) {
    calls.add("write " + entry.getKey() + "=" + entry.getValue());
    store(entry);
    afterwards.run();
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
    calls.add("writeAll " + entries.stream().map(Cache.Entry::getKey).sorted().toList());
    var each = entries.iterator();
    while (each.hasNext()) {
      store(each.next());
      each.remove();
    }
    afterwards.run();
  }

  @Override
  public void delete(Object key) {
    calls.add("delete " + key);
    erase(key);
    afterwards.run();
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    calls.add("deleteAll " + keys.stream().sorted().toList());
    Iterator<?> each = keys.iterator();
    while (each.hasNext()) {
      erase(each.next());
      each.remove();
    }
    afterwards.run();
  }

  private synchronized void store(Cache.Entry<? extends String, ? extends String> entry) {
    refuseIfAsked(entry.getKey());
    database.put(entry.getKey(), entry.getValue());
  }

  private synchronized void erase(Object key) {
    refuseIfAsked(key);
    database.remove(key);
  }

  private void refuseIfAsked(Object key) {
    if (key.equals(refusedKey)) {
      throw refusal;
    }
  }
}
