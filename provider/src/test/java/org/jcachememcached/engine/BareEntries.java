package org.jcachememcached.engine;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.codec.JavaValueCodec;
import org.jcachememcached.codec.KeyCodec;
import org.jcachememcached.codec.Namespace;
import org.jcachememcached.codec.foreign.BareFormat;
import org.jcachememcached.config.FailurePolicy;
import org.jcachememcached.config.Settings;
import org.jcachememcached.event.Listeners;
import org.jcachememcached.event.Publication;
import org.jcachememcached.expiry.Expiry;
import org.jcachememcached.integration.TypeCheck;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.management.Statistics;
import org.jcachememcached.operation.Get;
import org.jcachememcached.operation.GetAndPut;
import org.jcachememcached.operation.Put;
import org.jcachememcached.operation.Remove;
import org.jcachememcached.operation.Rules;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.PageSize;
import org.jspecify.annotations.Nullable;

/** Entries without envelope, as an engine deals with them. Not thread-safe. */
final class BareEntries {

  private final Rules<String, String> rules;
  private final Engine<String, String> engine;

  /**
   * @param writer the writer they are written through, if any
   */
  BareEntries(
      EntryStore store,
      InstantSource clock,
      ExpiryPolicy expiry,
      @Nullable CacheWriter<String, String> writer) {
    ClassLoader loader = BareEntries.class.getClassLoader();
    Settings settings =
        Settings.read(
            URI.create("memory:test?codec=string&format=python"),
            new Properties(),
            Map.of(),
            loader);
    EntryFormat<String, String> format =
        new EntryFormat<>(
            new KeyCodec(new Namespace("", "bare"), () -> loader),
            BareFormat.of(settings, new JavaValueCodec(() -> loader), String.class),
            new EntryTypes<>(String.class, String.class),
            FailurePolicy.THROW,
            () -> true);
    Statistics statistics = new Statistics(false);
    this.rules =
        new Rules<>(
            new Expiry(expiry),
            new Listeners<>("bare", Duration.ZERO, clock),
            null,
            writer != null,
            new TypeCheck<>(String.class),
            statistics);
    this.engine =
        new Engine<>(
            new EngineParts<>(
                store,
                format,
                writer == null ? null : new WriterGate<>(writer),
                (keys, events, bytes) -> Publication.NONE,
                clock,
                Backoff.JITTER,
                new Limits(10, Duration.ofSeconds(1), new PageSize(10), Duration.ofSeconds(1)),
                FailurePolicy.THROW,
                new DegradationLog("bare", clock, statistics.setbacks())),
            statistics);
  }

  @Nullable String get(String key) {
    return engine.execute(Get.cached(rules, key));
  }

  void put(String key, String value) {
    engine.execute(new Put<>(rules, key, value));
  }

  @Nullable String getAndPut(String key, String value) {
    return engine.execute(new GetAndPut<>(rules, key, value));
  }

  boolean remove(String key) {
    return engine.execute(Remove.answered(rules, key));
  }
}
