package org.jcachememcached.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Which caches the tests of users get, with a memcached and without. */
class MemcachedExtensionIT {

  /** What the tests of the users have seen. */
  private static final List<URI> URIS = new ArrayList<>();

  @AfterEach
  void reset() {
    System.clearProperty(MemcachedExtension.COMMAND);
    URIS.clear();
  }

  @Test
  void aStaticFieldIsOneProcessForTheClass() {
    EngineExecutionResults results = run(ForTheClass.class);

    results.testEvents().assertStatistics(stats -> stats.started(2).succeeded(2));
    assertThat(URIS).hasSize(2).allMatch(uri -> uri.getScheme().equals("memcached"));
    assertThat(URIS.get(0)).isEqualTo(URIS.get(1));
    assertThat(isListening(URIS.get(0))).isFalse();
  }

  @Test
  void anInstanceFieldIsAProcessForEachTest() {
    EngineExecutionResults results = run(ForEachTest.class);

    results.testEvents().assertStatistics(stats -> stats.started(2).succeeded(2));
    assertThat(URIS).hasSize(2).doesNotHaveDuplicates();
    assertThat(URIS).noneMatch(MemcachedExtensionIT::isListening);
  }

  @Test
  void anAnnotationIsEnough() {
    run(Annotated.class).testEvents().assertStatistics(stats -> stats.started(1).succeeded(1));
  }

  @Test
  void theReportSaysThatItIsMemcached() {
    assertThat(reports(run(ForTheClass.class)))
        .singleElement()
        .asString()
        .matches("memcached [\\d.]+ at 127\\.0\\.0\\.1:\\d+");
  }

  @Test
  void whereNoneIsInstalledItIsTheEmbeddedEngine() {
    System.setProperty(MemcachedExtension.COMMAND, "no-such-memcached");

    EngineExecutionResults results = run(ForTheClass.class);

    results.testEvents().assertStatistics(stats -> stats.started(2).succeeded(2));
    assertThat(URIS).hasSize(2).allMatch(uri -> uri.getScheme().equals("memory"));
    assertThat(reports(results))
        .containsExactly(
            "the embedded engine, because the command no-such-memcached cannot be run");
  }

  @Test
  void aMemcachedThatIsRequiredIsMissed() {
    System.setProperty(MemcachedExtension.COMMAND, "no-such-memcached");

    run(Requiring.class)
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    message(
                        "the command no-such-memcached cannot be run; install it, e.g. with"
                            + " apt-get install memcached"))));
  }

  @Test
  void optionsArePassedOn() {
    run(Requiring.class).testEvents().assertStatistics(stats -> stats.started(1).succeeded(1));
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
  }

  private static List<String> reports(EngineExecutionResults results) {
    return results.allEvents().reportingEntryPublished().map(MemcachedExtensionIT::report).toList();
  }

  private static String report(Event event) {
    Map<String, String> pairs =
        event
            .getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
            .getKeyValuePairs();
    return String.valueOf(pairs.get(MemcachedExtension.REPORT));
  }

  private static boolean isListening(URI uri) {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts what must not be there yet. */
  private static void use(CacheManager manager) {
    URIS.add(manager.getURI());
    Cache<String, String> cache =
        manager.createCache("cache", new MutableConfiguration<String, String>());
    @Nullable String before = cache.getAndPut("key", "value");
    assertThat(before).isNull();
    assertThat(cache.get("key")).isEqualTo("value");
  }

  static class ForTheClass {

    @RegisterExtension static final MemcachedExtension memcached = new MemcachedExtension();

    @Test
    void first() {
      use(memcached.cacheManager());
    }

    @Test
    void second(CacheManager manager) {
      use(manager);
    }
  }

  static class ForEachTest {

    @RegisterExtension final MemcachedExtension memcached = new MemcachedExtension();

    @Test
    void first() {
      use(memcached.cacheManager());
    }

    @Test
    void second() {
      use(memcached.cacheManager());
    }
  }

  @ExtendWith(MemcachedExtension.class)
  static class Annotated {

    @Test
    void only(CacheManager manager, MemcachedExtension memcached) {
      use(manager);
      assertThat(memcached.isMemcached()).isTrue();
      assertThat(manager.getURI()).isEqualTo(memcached.uri());
    }
  }

  static class Requiring {

    @RegisterExtension
    static final MemcachedExtension memcached =
        MemcachedExtension.requiringMemcached("-m", "16", "-c", "64");

    @Test
    void only(CacheManager manager) {
      use(manager);
    }
  }
}
