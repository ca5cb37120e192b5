package org.jcachememcached.faults;

import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.testing.ConfigurationResponder;
import org.jcachememcached.testing.MemcachedServer;

/** Servers, and a configuration endpoint that names some of them. Not thread-safe. */
final class ChangingFleet implements AutoCloseable {

  /** How long the load runs with the servers of each change. */
  static final Duration UNTIL_NEXT_CHANGE = Duration.ofMillis(700);

  private final List<MemcachedServer> servers;
  private final ConfigurationResponder source = ConfigurationResponder.start();

  private ChangingFleet(int size) {
    this.servers = Stream.generate(() -> MemcachedServer.start()).limit(size).toList();
  }

  static ChangingFleet of(int size) {
    return new ChangingFleet(size);
  }

  /** Begins with the servers that the source names. */
  Trial start(String fault, String warmUp, Workload workload) {
    return Trial.start(
        fault,
        workload,
        List.of("elasticache:127.0.0.1:" + source.port()),
        Map.of("memcached.topology.refresh", "100ms", "memcached.topology.warmup", warmUp));
  }

  /** From now on the source names these servers. */
  void name(int... indexes) {
    source.answer(
        IntStream.of(indexes)
            .mapToObj(servers::get)
            .map(server -> new Server(server.host(), server.port(), 1))
            .toList());
  }

  MemcachedServer server(int index) {
    return servers.get(index);
  }

  ConfigurationResponder source() {
    return source;
  }

  /** Waits until the source was asked again. */
  void awaitQuestions() {
    int before = source.questions();
    await().until(() -> source.questions() > before + 2);
  }

  @Override
  public void close() {
    source.close();
    servers.forEach(MemcachedServer::close);
  }
}
