package org.jcachememcached.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcachememcached.api.CallObserver;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each call of the caches of a manager, so that traces show a span for it:
 *
 * <pre>{@code
 * new MemcachedObservations(observationRegistry).observe(manager);
 * }</pre>
 *
 * <p>The observation is a child of the one that is current in the thread of the caller, and current
 * itself while loaders, writers and entry processors run, in whatever thread. Its name is {@code
 * memcached.calls}, that of the span the operation and the cache, and its attributes are those of
 * OpenTelemetry's semantic conventions for databases; {@code docs/metrics.md} of the project lists
 * them. A {@code GlobalObservationConvention} for {@link MemcachedCallContext} replaces them.
 * Immutable and thread-safe.
 */
public final class MemcachedObservations {

  private static final ObservationConvention<MemcachedCallContext> CONVENTION =
      new DatabaseConvention();

  private final ObservationRegistry registry;

  /**
   * @param registry whose handlers get the observations
   */
  public MemcachedObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  /**
   * Observes the calls of all caches of the manager from now on, later caches included, until it is
   * closed. To be called once for each manager.
   *
   * @param manager a manager of this provider
   * @throws IllegalArgumentException if the manager is of another provider
   */
  public void observe(CacheManager manager) {
    OurManager.of(manager).addCallObserver(this::begin);
  }

  private CallObserver.@Nullable Call begin(Cache<?, ?> cache, String operation) {
    if (registry.isNoop()) {
      return null;
    }
    Observation observation =
        Observation.start(
            null, CONVENTION, () -> new MemcachedCallContext(cache, operation), registry);
    return observation.isNoop() ? null : new ObservedCall(observation);
  }

  private record ObservedCall(Observation observation) implements CallObserver.Call {

    @Override
    public CallObserver.Scope enter() {
      return observation.openScope()::close;
    }

    @Override
    public void end(@Nullable Throwable failure) {
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    }
  }
}
