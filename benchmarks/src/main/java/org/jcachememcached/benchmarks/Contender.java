package org.jcachememcached.benchmarks;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of those that are compared: the jobs to be done, each in the way that a user of this API
 * would do it. Thread-safe.
 */
interface Contender extends AutoCloseable {

  /** The value, or null where none is. */
  @Nullable String get(String key);

  /** How long an entry of {@link #visit} lives after each visit, in seconds. */
  int VISIT_SECONDS = 600;

  /** The value, whose life begins anew; null where none is. */
  @Nullable String visit(String key);

  /** Stores a value for {@link #visit}. */
  void prepareVisits(String key, String value);

  /** Stores the value and waits until it is stored. */
  void put(String key, String value);

  /** The values that are there. */
  Map<String, String> getAll(Set<String> keys);

  /** Stores the values and waits until they are stored. */
  void putAll(Map<String, String> entries);

  /** Adds one to a counter, atomically among all JVMs, and returns what it is then. */
  int increment(String counter);

  /** Reads all entries, and returns how many characters their values have. */
  long iterate();

  /** Sets a counter to zero. */
  void reset(String counter);

  @Override
  void close();
}
