package org.jcachememcached.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Meters with common tags, which are removed together. They refer to their sources weakly, if the
 * given functions do not refer to them. Not thread-safe.
 */
final class MeterGroup {

  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();

  /**
   * @param tags of all meters of the group
   */
  MeterGroup(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  /** Registers a counter; further tags are pairs of key and value. */
  <T> void counter(
      String name, String description, T source, ToDoubleFunction<T> value, String... further) {
    meters.add(
        FunctionCounter.builder(name, source, value)
            .tags(tags.and(further))
            .description(description)
            .register(registry));
  }

  /** Registers a gauge; further tags are pairs of key and value. */
  <T> void gauge(
      String name, String description, T source, ToDoubleFunction<T> value, String... further) {
    meters.add(
        Gauge.builder(name, source, value)
            .tags(tags.and(further))
            .description(description)
            .register(registry));
  }

  /** Registers a gauge of bytes. */
  <T> void bytes(String name, String description, T source, ToDoubleFunction<T> value) {
    meters.add(
        Gauge.builder(name, source, value)
            .tags(tags)
            .baseUnit(BaseUnits.BYTES)
            .description(description)
            .register(registry));
  }

  /**
   * Registers a timer.
   *
   * @param millis the time in all, in milliseconds
   */
  <T> void timer(
      String name,
      String description,
      T source,
      ToLongFunction<T> count,
      ToDoubleFunction<T> millis) {
    meters.add(
        FunctionTimer.builder(name, source, count, millis, TimeUnit.MILLISECONDS)
            .tags(tags)
            .description(description)
            .register(registry));
  }

  /** Removes all meters of the group from the registry. */
  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}
