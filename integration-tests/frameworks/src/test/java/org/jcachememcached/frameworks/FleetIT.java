package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frameworks that run a method within {@code invoke}, if its value is missing: with {@code
 * lease.invoke} a fleet runs it once.
 */
final class FleetIT {

  private static final int MEMBERS = 3;
  private static final int CALLERS_OF_EACH = 4;

  @RegisterExtension private final ShopServer server = new ShopServer();

  private final List<FleetMember> members = new ArrayList<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(MEMBERS * CALLERS_OF_EACH);

  @AfterEach
  void close() {
    callers.shutdownNow();
    members.forEach(FleetMember::close);
  }

  @ParameterizedTest
  @EnumSource
  void runsTheMethodOnce(Framework framework) throws Exception {
    SlowMethod method = new SlowMethod(MEMBERS, Duration.ofSeconds(1));
    start(framework, method, true);

    assertThat(callAtOnce()).containsExactly("run 1");

    assertThat(method.runs()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void runsItInEachMemberWithoutTheSetting(Framework framework) throws Exception {
    SlowMethod method = new SlowMethod(MEMBERS, Duration.ofMinutes(1));
    start(framework, method, false);

    callAtOnce();

    assertThat(method.runs()).isGreaterThanOrEqualTo(MEMBERS);
  }

  private void start(Framework framework, SlowMethod method, boolean leases) {
    String uri = "memcached://%s/fleet?lease.invoke=%b".formatted(server.address(), leases);
    for (int i = 0; i < MEMBERS; i++) {
      members.add(FleetMember.start(uri, framework, method));
    }
  }

  /** What the callers in all members get. */
  private Set<String> callAtOnce() throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> calls = new ArrayList<>();
    for (FleetMember member : members) {
      for (int i = 0; i < CALLERS_OF_EACH; i++) {
        calls.add(
            callers.submit(
                () -> {
                  start.await();
                  return member.call();
                }));
      }
    }
    start.countDown();
    Set<String> values = new HashSet<>();
    for (Future<String> call : calls) {
      values.add(call.get());
    }
    return values;
  }
}
