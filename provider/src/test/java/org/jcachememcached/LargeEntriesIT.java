package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a cache works whose entries are together many times larger than the heap. */
class LargeEntriesIT {

  /** The exit code of a JVM that SIGTERM has ended. */
  private static final int TERMINATED = 143;

  private static MemcachedServer server;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start("-m", "1024", "-I", "8m");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "iterate, 400*900000, 400, 64",
    "iterate, 1500*100000, 1500, 64",
    "iterate, 40*900000+2000*10+40*900000+2000*10, 4080, 64",
    "iterate, 30*5000000, 30, 80",
    "getInParts, 150*900000, 150, 80",
    "removeAll, 150*900000, 0, 64",
    "clear, 100*900000, 0, 64",
    "invokeAll, 150*900000, 150, 64",
    "loadAll, 150*900000, 150, 64",
  })
  void worksInSmallHeap(String what, String sizes, int expected, int heapMegabytes) {
    server.command("flush_all");
    String uri = "memcached://" + server.address() + "/?on.failure=throw&timeout=5s";
    new LargeEntries(sizes).run("fill", uri);
    List<String> options = List.of("-Xmx" + heapMegabytes + "m");
    try (ChildJvm child = ChildJvm.start(options, Map.of(), LargeEntries.class, uri, what, sizes)) {
      assertThat(child.readLine()).isEqualTo(Integer.toString(expected));
      assertThat(child.readLine())
          .contains("jcache-memcached I/O of", "jcache-memcached timeouts of");
      assertThat(child.terminate()).isEqualTo(TERMINATED);
    }
  }

  /** Nothing is dropped, and no call is rejected because of too many requests in flight. */
  @ParameterizedTest
  @CsvSource({"degrade, 64MiB", "throw, 64MiB", "degrade, 1MiB", "throw, 1MiB"})
  void putAllStoresEverything(String onFailure, String maxBytes) {
    server.command("flush_all");
    String uri =
        "memcached://%s/?timeout=5s&on.failure=%s&max.bytes=%s"
            .formatted(server.address(), onFailure, maxBytes);

    assertThat(new LargeEntries("150*921600").run("fill", uri)).isEqualTo(150);
  }
}
