package org.jcachememcached.micrometer;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.semconv.DbAttributes;
import io.opentelemetry.semconv.ErrorAttributes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The observations of calls, and the spans that OpenTelemetry makes of them. */
class MemcachedObservationsTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:/shop"), null);
  private final Spans spans = new Spans();

  @AfterEach
  void close() {
    provider.close();
    spans.close();
  }

  private MemcachedCache<String, String> cache(String name) {
    return MemcachedCache.of(manager.createCache(name, new MutableConfiguration<String, String>()));
  }

  private MemcachedCache<String, String> observedUsers() {
    new MemcachedObservations(spans.registry()).observe(manager);
    return cache("users");
  }

  private void within(String name, Runnable work) {
    Observation.createNotStarted(name, spans.registry()).observe(work);
  }

  private static Map<String, Object> attributes(SpanData span) {
    return span.getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(each -> each.getKey().getKey(), Map.Entry::getValue));
  }

  @Test
  void aCallIsASpan() {
    observedUsers().put("ada", "Lovelace");

    SpanData span = spans.only("put users");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
    assertThat(attributes(span))
        .containsEntry(DbAttributes.DB_SYSTEM_NAME.getKey(), "memcached")
        .containsEntry(DbAttributes.DB_COLLECTION_NAME.getKey(), "users")
        .containsEntry(DbAttributes.DB_OPERATION_NAME.getKey(), "put")
        .doesNotContainKey(ErrorAttributes.ERROR_TYPE.getKey())
        .doesNotContainKey("server.address");
  }

  @Test
  void aFailureIsThatOfTheSpan() {
    MemcachedCache<String, String> users = observedUsers();
    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(
            () ->
                users.invoke(
                    "ada",
                    (entry, arguments) -> {
                      throw new IllegalStateException();
                    }));

    SpanData span = spans.only("invoke users");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(ErrorAttributes.ERROR_TYPE))
        .isEqualTo(EntryProcessorException.class.getName());
  }

  @Test
  void aCallIsPartOfWhatCallsIt() {
    MemcachedCache<String, String> users = observedUsers();
    within(
        "request",
        () -> {
          users.get("ada");
          users.async().get("alan").toCompletableFuture().join();
        });

    SpanData request = spans.only("request");
    assertThat(spans.named("get users"))
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId()));
  }

  @Test
  void whatComputesTheValueIsPartOfTheCall() {
    MemcachedCache<String, String> users = observedUsers();
    users.getOrCompute("ada", key -> computed());
    users.async().getOrCompute("alan", key -> computed()).toCompletableFuture().join();

    List<String> calls =
        spans.named("getOrCompute users").stream().map(SpanData::getSpanId).toList();
    assertThat(spans.named("query").stream().map(SpanData::getParentSpanId)).isEqualTo(calls);
    assertThat(calls).hasSize(2).doesNotHaveDuplicates();
  }

  private String computed() {
    within("query", () -> {});
    return "computed";
  }

  @Test
  void whatFollowsAnAsynchronousCallIsNotPartOfIt() {
    MemcachedCache<String, String> users = observedUsers();
    within(
        "request",
        () ->
            users
                .async(Runnable::run)
                .get("ada")
                .thenRun(() -> within("following", () -> {}))
                .toCompletableFuture()
                .join());

    assertThat(spans.only("following").getParentSpanId())
        .isEqualTo(spans.only("request").getSpanId());
  }

  @Test
  void theThreadOfTheCallerKeepsItsSpan() {
    MemcachedCache<String, String> users = observedUsers();
    CompletableFuture<Runnable> never = new CompletableFuture<>();
    within(
        "request",
        () -> {
          CompletableFuture<?> call = users.async(never::complete).get("ada").toCompletableFuture();
          within("meanwhile", () -> {});
          call.cancel(false);
        });

    assertThat(spans.only("meanwhile").getParentSpanId())
        .isEqualTo(spans.only("request").getSpanId());
    assertThat(spans.only("get users").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aMeterHasTheSameKeysForEachCall() {
    MeterRegistry meters = new SimpleMeterRegistry();
    spans
        .registry()
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meters));
    MemcachedCache<String, String> users = observedUsers();
    users.get("ada");

    assertThat(meters.get("memcached.calls").timer().getId().getTags())
        .extracting(tag -> tag.getKey())
        .containsExactlyInAnyOrder(
            "db.collection.name", "db.operation.name", "db.system.name", "error");
  }

  @Test
  void theApplicationMayNameThings() {
    spans
        .registry()
        .observationConfig()
        .observationConvention(
            new GlobalObservationConvention<MemcachedCallContext>() {
              @Override
              public boolean supportsContext(Observation.Context context) {
                return context instanceof MemcachedCallContext;
              }

              @Override
              public String getContextualName(MemcachedCallContext call) {
                return call.getCache().getName() + "/" + call.getOperation();
              }

              @Override
              public KeyValues getLowCardinalityKeyValues(MemcachedCallContext call) {
                return KeyValues.of("mine", "yes");
              }
            });
    observedUsers().get("ada");

    assertThat(spans.only("users/get").getAttributes().get(stringKey("mine"))).isEqualTo("yes");
  }

  @Test
  void aRegistryThatDoesNothingIsNotAsked() {
    new MemcachedObservations(ObservationRegistry.NOOP).observe(manager);
    cache("users").get("ada");

    ObservationRegistry ignoring = ObservationRegistry.create();
    ignoring.observationConfig().observationPredicate((name, context) -> false);
    new MemcachedObservations(ignoring).observe(manager);
    assertThat(cache("others").get("ada")).isNull();
  }

  @Test
  void addressesAreHostAndPortOrAPath() {
    assertThat(DatabaseConvention.address("10.0.0.1:11211"))
        .isEqualTo(KeyValues.of("server.address", "10.0.0.1", "server.port", "11211"));
    assertThat(DatabaseConvention.address("[::1]:11211"))
        .isEqualTo(KeyValues.of("server.address", "::1", "server.port", "11211"));
    assertThat(DatabaseConvention.address("/run/memcached.sock"))
        .isEqualTo(KeyValues.of("server.address", "/run/memcached.sock"));
  }
}
