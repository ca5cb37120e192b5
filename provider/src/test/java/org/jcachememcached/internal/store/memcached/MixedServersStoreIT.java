package org.jcachememcached.internal.store.memcached;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.EntryStoreContract;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores, on one server at a Unix socket and one at a TCP port. */
class MixedServersStoreIT extends EntryStoreContract {

  @TempDir private static Path directory;

  private static MemcachedServer local;
  private static MemcachedServer remote;

  @BeforeAll
  static void startServers() {
    local = MemcachedServer.startAt(directory.resolve("memcached.sock"));
    remote = MemcachedServer.start();
  }

  @AfterAll
  static void stopServers() {
    local.close();
    remote.close();
  }

  @Override
  protected ItemStore open(InstantSource clock) {
    List<Server> servers =
        List.of(
            new Server(new UnixSocket(directory + "/memcached.sock"), 2),
            new Server(remote.host(), remote.port(), 1));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(Duration.ofSeconds(2)), clock);
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  protected void letPass(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
