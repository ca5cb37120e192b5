package org.jcachememcached.internal.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

/**
 * The step of the loop that asks the servers of the tags: whether the entries that were read are
 * still present, and which versions the tags of the entries have that are about to be stored. It
 * does nothing for operations without tags on entries without tags. Not thread-safe.
 */
final class TagStep<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final FailureHandler<K, V, R> failures;
  private final Map<Set<String>, List<String>> encoded = new HashMap<>();
  private @Nullable StoreSession session;

  TagStep(EngineParts<K, V> parts, FailureHandler<K, V, R> failures) {
    this.parts = parts;
    this.failures = failures;
  }

  /** Before blind writes: the versions for what they store. */
  void beforeBlindWrites(List<PendingOperation<K, V, R>> operations) {
    long now = parts.clock().millis();
    run(
        operations.stream()
            .filter(a -> a.needsTags() && a.operation().blindWrite(now) != null)
            .toList());
  }

  /**
   * After reads: whether the entries are present, and the versions for what the operations store.
   * They have to be known before a value is computed, so that the value is absent if a tag is
   * invalidated meanwhile.
   */
  void afterReads(List<PendingOperation<K, V, R>> operations) {
    run(
        operations.stream()
            .filter(a -> a.isOpen() && a.hasSnapshot())
            .filter(a -> a.snapshot().hasUncheckedTags() || a.needsTags())
            .toList());
  }

  private void run(List<PendingOperation<K, V, R>> operations) {
    if (operations.isEmpty()) {
      return;
    }
    TagLookup lookup = newLookup();
    for (PendingOperation<K, V, R> pending : operations) {
      tagsOfEntry(pending).forEach(lookup::add);
      tagsToStore(pending).forEach(lookup::add);
    }
    lookup.read();
    for (PendingOperation<K, V, R> pending : operations) {
      check(pending, lookup);
    }
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.needsTags()) {
        tagsToStore(pending).forEach(lookup::want);
      }
    }
    lookup.create();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.needsTags()) {
        setTags(pending, lookup);
      }
    }
  }

  private TagLookup newLookup() {
    if (session == null) {
      session = parts.newTagSession();
    }
    return new TagLookup(parts, session);
  }

  private static Stream<String> tagsOfEntry(PendingOperation<?, ?, ?> pending) {
    return pending.hasSnapshot()
        ? pending.snapshot().tags().stream().map(TagVersion::name)
        : Stream.of();
  }

  private List<String> tagsToStore(PendingOperation<K, V, R> pending) {
    return pending.needsTags()
        ? encoded.computeIfAbsent(
            pending.operation().tags(), tags -> tags.stream().map(TagItems::encode).toList())
        : List.of();
  }

  private void check(PendingOperation<K, V, R> pending, TagLookup lookup) {
    StoreException failure = lookup.failureOf(tagsOfEntry(pending));
    if (failure != null) {
      failures.storeFailed(pending, failure, null);
    } else if (pending.hasSnapshot()) {
      lookup.check(pending.snapshot());
    }
  }

  private void setTags(PendingOperation<K, V, R> pending, TagLookup lookup) {
    List<String> names = tagsToStore(pending);
    StoreException failure = lookup.failureOf(names.stream());
    if (failure != null) {
      failures.storeFailed(pending, failure, null);
    } else {
      pending.setTags(lookup.versions(names));
    }
  }
}
