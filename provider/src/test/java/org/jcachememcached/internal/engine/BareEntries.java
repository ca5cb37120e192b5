package org.jcachememcached.internal.engine;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.interop.BareFormat;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.config.AccessExpiry;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.event.CommittedEvents;
import org.jcachememcached.internal.event.EventDispatcher;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.operation.Get;
import org.jcachememcached.internal.operation.GetAndPut;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Put;
import org.jcachememcached.internal.operation.Refreshing;
import org.jcachememcached.internal.operation.Remove;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

/** Entries without envelope, as an engine deals with them. Not thread-safe. */
final class BareEntries {

  private final OperationContext<String, String> rules;
  private final Engine<String, String> engine;

  /**
   * @param writer the writer they are written through, if any
   */
  BareEntries(
      ItemStore store,
      InstantSource clock,
      ExpiryPolicy expiry,
      @Nullable CacheWriter<String, String> writer) {
    ClassLoader loader = BareEntries.class.getClassLoader();
    Settings settings =
        SettingsReader.read(
            URI.create("memory:test?codec=string&format=python"),
            new Properties(),
            Map.of(),
            loader);
    EntryFormat<String, String> format =
        new EntryFormat<>(
            Codecs.keys(Codecs.namespace("", "bare")),
            BareFormat.of(settings, Codecs.java(), String.class),
            new EntryTypes<>(String.class, String.class),
            FailurePolicy.THROW,
            () -> Envelope.GRACE_MILLIS);
    Statistics statistics = new Statistics(false, () -> 0);
    this.rules =
        new OperationContext<>(
            new Expiry(expiry, AccessExpiry.EXACT),
            new EventDispatcher<>("bare", Duration.ZERO, clock),
            null,
            writer != null,
            new TypeCheck<>(String.class),
            statistics,
            false,
            Refreshing.none());
    this.engine =
        new Engine<>(
            new EngineParts<>(
                store,
                new TagItems(store, Namespace.ofTags("bare")),
                format,
                NearMember.without(new NearRegistry().peers("bare")),
                writer == null ? null : new CacheWriterAdapter<>(writer),
                (keys, events, bytes) -> CommittedEvents.NONE,
                clock,
                Backoff.JITTER,
                new Limits(10, Duration.ofSeconds(1), new PageSize(10), Duration.ofSeconds(1)),
                FailurePolicy.THROW,
                null,
                new DegradationLog("bare", clock, statistics.failures())),
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
