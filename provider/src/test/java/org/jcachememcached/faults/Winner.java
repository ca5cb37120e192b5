package org.jcachememcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.testing.ChildJvm;

/**
 * Another JVM that holds the leases of some keys, which nothing else updates, and what may become
 * of it while it loads their values. The source is updated, and entries are removed, by a client of
 * its own. Not thread-safe.
 */
final class Winner implements AutoCloseable {

  static final int KEYS = 8;

  /** How many of them others read; the rest is updated just before the winner ends its loads. */
  static final int READ_BY_OTHERS = 4;

  private final List<OwnedKey> keys =
      IntStream.range(0, KEYS).mapToObj(i -> new OwnedKey("held-" + i)).toList();

  private final ChildJvm jvm;
  private final MemcachedCachingProvider rival = new MemcachedCachingProvider();
  private final Cache<String, String> cache;

  private Winner(ChildJvm jvm, URI ofRival) {
    this.jvm = jvm;
    this.cache =
        rival
            .getCacheManager(ofRival, getClass().getClassLoader(), new Properties())
            .createCache("faults", new MutableConfiguration<String, String>());
  }

  /**
   * Starts the JVM.
   *
   * @param address where it finds the server
   * @param ofRival where the one finds it that updates the source
   */
  static Winner start(String address, String ofRival) {
    URI uri = URI.create("memcached://%s/faults?on.failure=throw&timeout=10s".formatted(ofRival));
    ChildJvm jvm = ChildJvm.start(WinnerProgram.class, WinnerProgram.uri(address).toString());
    assertThat(jvm.readLine()).isEqualTo("ready");
    return new Winner(jvm, uri);
  }

  /**
   * Returns when all loads have begun, and some of their entries were updated since.
   *
   * @return the keys that others are to read
   */
  List<OwnedKey> beginLoads() {
    keys.forEach(key -> jvm.send("hold " + key.name() + " " + key.lastVersion()));
    keys.forEach(key -> assertThat(jvm.readLine()).isEqualTo("loading"));
    keys.subList(0, READ_BY_OTHERS / 2).forEach(this::update);
    return keys.subList(0, READ_BY_OTHERS);
  }

  /** Updates the other entries that others have loaded since the leases have ended. */
  void updateFollowed() {
    keys.subList(READ_BY_OTHERS / 2, READ_BY_OTHERS).forEach(this::update);
  }

  private void update(OwnedKey key) {
    long version = key.nextVersion();
    cache.remove(key.name());
    key.updated(version);
  }

  void kill() {
    jvm.close();
  }

  void suspend() {
    jvm.suspend();
  }

  void resume() {
    jvm.resume();
  }

  /** Returns when the JVM can use the server again. */
  void awaitServer() {
    jvm.send("await");
    assertThat(jvm.readLine()).isEqualTo("reachable");
  }

  /** Updates the remaining entries, lets the loads end, and the JVM read all entries once more. */
  void endLoads(Observation observation) {
    keys.subList(READ_BY_OTHERS, KEYS).forEach(this::update);
    jvm.send("end");
    assertThat(jvm.readLine()).isEqualTo("ended");
    for (OwnedKey key : keys) {
      jvm.send("read " + key.name() + " " + key.lastVersion());
      observation.judge(key, key.oldestAllowed(), jvm.readLine());
    }
  }

  @Override
  public void close() {
    try (jvm) {
      rival.close();
    }
  }
}
