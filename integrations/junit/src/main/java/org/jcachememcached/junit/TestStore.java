package org.jcachememcached.junit;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the caches of tests are. Thread-safe.
 *
 * @param process the memcached; null for the embedded engine
 * @param description which of both it is, and why
 */
record TestStore(URI uri, @Nullable MemcachedProcess process, String description)
    implements AutoCloseable {

  private static final AtomicInteger EMBEDDED = new AtomicInteger();

  /**
   * Starts a memcached, or uses the embedded engine.
   *
   * @param options of the command
   * @param isRequired whether it has to be a memcached
   * @throws IllegalStateException if it has to be a memcached, and none can be started
   */
  static TestStore open(List<String> options, boolean isRequired) {
    try {
      return of(MemcachedProcess.start(options));
    } catch (IOException e) {
      if (isRequired) {
        throw new IllegalStateException(
            e.getMessage() + "; install it, e.g. with apt-get install memcached", e);
      }
      return embedded(String.valueOf(e.getMessage()));
    }
  }

  private static TestStore of(MemcachedProcess process) {
    return new TestStore(
        URI.create("memcached://%s/test?timeout=10s".formatted(process.address())),
        process,
        process.toString());
  }

  /** The engine keeps what is below its name until the last manager is closed. */
  private static TestStore embedded(String reason) {
    return new TestStore(
        URI.create("memory:test-" + EMBEDDED.incrementAndGet()),
        null,
        "the embedded engine, because " + reason);
  }

  boolean isMemcached() {
    return process != null;
  }

  /** Removes everything. */
  void clear() {
    if (process != null) {
      process.clear();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
