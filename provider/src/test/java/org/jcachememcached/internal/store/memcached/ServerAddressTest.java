package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jcachememcached.internal.config.Endpoint;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.junit.jupiter.api.Test;

class ServerAddressTest {

  private static final Endpoint LOCALHOST = new TcpPort("localhost", 11211);

  private final List<Throwable> failures = new ArrayList<>();
  private int found;
  private boolean outOfThreads = true;

  @Test
  void asksAgainWhenThereWasNoThreadToAskIn() {
    Executor background =
        task -> {
          if (outOfThreads) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          task.run();
        };
    ServerAddress address = new ServerAddress(LOCALHOST, background);

    address.lookUp(() -> found++, failures::add);
    address.lookUp(() -> found++, failures::add);
    assertThat(failures).hasSize(2).hasOnlyElementsOfType(OutOfMemoryError.class);

    outOfThreads = false;
    address.lookUp(() -> found++, failures::add);
    assertThat(found).isEqualTo(1);
    assertThat(address.known()).extracting("unresolved").isEqualTo(false);
  }

  @Test
  void asksOnceAtTime() {
    List<Runnable> asked = new ArrayList<>();
    ServerAddress address = new ServerAddress(LOCALHOST, asked::add);
    assertThat(address.known()).extracting("unresolved").isEqualTo(true);

    address.lookUp(() -> found++, failures::add);
    address.lookUp(() -> found++, failures::add);
    assertThat(asked).hasSize(1);

    asked.remove(0).run();
    address.lookUp(() -> found++, failures::add);
    assertThat(asked).hasSize(1);
    assertThat(found).isEqualTo(1);
  }

  @Test
  void asksNoNameServiceAboutUnixSockets() {
    List<Runnable> asked = new ArrayList<>();
    ServerAddress address = new ServerAddress(new UnixSocket("/run/m.sock"), asked::add);

    address.lookUp(() -> found++, failures::add);

    assertThat(found).isEqualTo(1);
    assertThat(asked).isEmpty();
    assertThat(address.known()).isEqualTo(UnixDomainSocketAddress.of("/run/m.sock"));
  }
}
