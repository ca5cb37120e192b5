package org.jcachememcached.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import jdk.jfr.consumer.RecordedEvent;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the flight recorder records of the calls of a cache in memory. */
class RecordedCallsTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final MemcachedCache<String, String> users =
      MemcachedCache.of(
          provider
              .getCacheManager(URI.create("memory:/shop"), null)
              .createCache("users", new MutableConfiguration<String, String>()));

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void callsAreRecorded() {
    try (RecordedEvents events = RecordedEvents.of("Call")) {
      users.put("ada", "Lovelace");

      RecordedEvent call = events.named("Call").get(0);
      assertThat(call.getString("cache")).isEqualTo("users");
      assertThat(call.getString("operation")).isEqualTo("put");
      assertThat(call.getString("failure")).isNull();
      assertThat(call.getDuration()).isPositive();
      assertThat(call.getThread().getJavaName()).isEqualTo(Thread.currentThread().getName());
      assertThat(call.getStackTrace().getFrames())
          .extracting(frame -> frame.getMethod().getType().getName())
          .contains(RecordedCallsTest.class.getName());
    }
  }

  @Test
  void asynchronousCallsAreRecordedWhenTheyEnd() {
    try (RecordedEvents events = RecordedEvents.of("Call")) {
      CompletableFuture<Runnable> step = new CompletableFuture<>();
      CompletableFuture<String> call =
          users.async(step::complete).getAndPut("ada", "Lovelace").toCompletableFuture();
      assertThat(events.named("Call")).isEmpty();
      call.cancel(false);

      assertThat(events.named("Call"))
          .extracting(event -> event.getString("operation"), event -> event.getString("failure"))
          .containsExactly(tuple("getAndPut", "java.util.concurrent.CancellationException"));
    }
  }

  @Test
  void failuresAreNamed() {
    try (RecordedEvents events = RecordedEvents.of("Call")) {
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(
              () ->
                  users.invoke(
                      "ada",
                      (entry, arguments) -> {
                        throw new IllegalStateException();
                      }));

      assertThat(events.named("Call").get(0).getString("failure"))
          .isEqualTo(EntryProcessorException.class.getName());
    }
  }

  @Test
  void onlySlowCallsAreRecordedByDefault() {
    Map<String, String> nothingSaidOfUs = Map.of("jdk.JVMInformation#enabled", "true");
    try (RecordedEvents events = RecordedEvents.bySettings(nothingSaidOfUs)) {
      users.put("ada", "Lovelace");
      users.invoke(
          "ada",
          (entry, arguments) -> {
            long end = System.nanoTime() + Duration.ofMillis(25).toNanos();
            while (System.nanoTime() < end) {
              LockSupport.parkNanos(end - System.nanoTime());
            }
            return 0;
          });

      assertThat(events.named("Call"))
          .extracting(event -> event.getString("operation"))
          .containsExactly("invoke");
    }
  }

  @Test
  void theThresholdIsThatOfTheRecording() {
    Map<String, String> anHour =
        Map.of(
            "org.jcachememcached.Call#enabled", "true",
            "org.jcachememcached.Call#threshold", "1 h");
    try (RecordedEvents events = RecordedEvents.bySettings(anHour)) {
      users.put("ada", "Lovelace");

      assertThat(events.named("Call")).isEmpty();
    }
  }

  @Test
  void nothingIsRecordedUnlessARecordingWantsIt() {
    assertThat(FlightRecorder.recordsCalls()).isFalse();
    try (RecordedEvents events = RecordedEvents.of("Call")) {
      assertThat(FlightRecorder.recordsCalls()).isTrue();
      users.put("ada", "Lovelace");
      assertThat(events.named("Call")).hasSize(1);
    }
    assertThat(FlightRecorder.recordsCalls()).isFalse();
    Map<String, String> noCalls = Map.of("org.jcachememcached.Call#enabled", "false");
    try (RecordedEvents events = RecordedEvents.bySettings(noCalls)) {
      assertThat(FlightRecorder.recordsCalls()).isFalse();
      users.put("ada", "Lovelace");
      assertThat(events.named("Call")).isEmpty();
    }
  }

  @Test
  void lostRacesAreRecorded() {
    users.put("ada", "0");
    try (RecordedEvents events = RecordedEvents.of("LostRace")) {
      users.invoke(
          "ada",
          (entry, arguments) -> {
            if (entry.getValue().length() < 3) {
              String longer = entry.getValue() + "0";
              CompletableFuture.runAsync(() -> users.put("ada", longer)).join();
            }
            entry.setValue("done");
            return 0;
          });

      assertThat(events.named("LostRace"))
          .extracting(event -> event.getInt("losses"))
          .containsExactly(1, 2);
      assertThat(events.named("LostRace").get(0).getString("key"))
          .contains("users")
          .contains("ada");
    }
    assertThat(users.get("ada")).isEqualTo("done");
  }
}
