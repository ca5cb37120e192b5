package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The step of the compare-and-set loop that asks the servers of the tags, which may be others than
 * those of the cache: whether the entries that were read are present, and which versions the tags
 * have of what is to be stored. It does nothing for operations without tags on entries without
 * tags. Not thread-safe.
 */
final class TagStep<K, V, R extends @Nullable Object> {

  /** What has been done so far. */
  private enum Phase {
    NOTHING,
    TAGS_READ,
    VERSIONS_CREATED
  }

  private final Call<K, V, R> call;
  private List<PendingOperation<K, V, R>> operations = List.of();
  private Phase phase = Phase.NOTHING;
  private @Nullable TagLookup lookup;

  TagStep(Call<K, V, R> call) {
    this.call = call;
  }

  /** Begins the step before blind writes: it finds the versions for what they store. */
  void beforeBlindWrites() {
    begin(this::storesTagsBlindly);
  }

  private boolean storesTagsBlindly(PendingOperation<K, V, R> pending) {
    return pending.needsTags()
        && pending.operation().blindWrite(call.parts().clock().millis()) != null;
  }

  /**
   * Begins the step after reads: it finds out whether the entries are present, and the versions for
   * what the operations store. They have to be known before a value is computed, so that the value
   * is absent if a tag is invalidated meanwhile.
   */
  void afterReads() {
    begin(this::hasOpenQuestion);
  }

  private boolean hasOpenQuestion(PendingOperation<K, V, R> pending) {
    return pending.hasSnapshot() && (pending.snapshot().hasUncheckedTags() || pending.needsTags());
  }

  private void begin(Predicate<PendingOperation<K, V, R>> concerned) {
    operations = List.of();
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && concerned.test(pending)) {
        if (operations.isEmpty()) {
          operations = new ArrayList<>();
        }
        operations.add(pending);
      }
    }
    phase = Phase.NOTHING;
    lookup = null;
  }

  /**
   * Adds the next commands to the {@link #round}.
   *
   * @return false if there is nothing to send, because the step is at its end
   */
  boolean addNext() {
    if (operations.isEmpty()) {
      return false;
    }
    while (round().isEmpty() && phase != Phase.VERSIONS_CREATED) {
      switch (phase) {
        case NOTHING -> readTags();
        case TAGS_READ -> checkAndCreate();
        case VERSIONS_CREATED -> {}
      }
    }
    if (round().isEmpty()) {
      setTags();
      operations = List.of();
    }
    return !round().isEmpty();
  }

  /** Collects the commands of the next round trip to the servers of the tags. */
  RoundTrip round() {
    return lookup().round();
  }

  private TagLookup lookup() {
    if (lookup == null) {
      lookup = new TagLookup(call.parts(), call.session());
    }
    return lookup;
  }

  private void readTags() {
    for (PendingOperation<K, V, R> pending : operations) {
      tagsOfEntry(pending).forEach(lookup()::read);
      tagsToStore(pending).forEach(lookup()::read);
    }
    phase = Phase.TAGS_READ;
  }

  private void checkAndCreate() {
    operations.forEach(this::check);
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen()) {
        tagsToStore(pending).forEach(lookup()::createIfMissing);
      }
    }
    phase = Phase.VERSIONS_CREATED;
  }

  private void check(PendingOperation<K, V, R> pending) {
    StoreException failure = lookup().failureOf(tagsOfEntry(pending));
    if (failure != null) {
      call.failures().storeFailed(pending, failure, null);
    } else if (pending.hasSnapshot()) {
      lookup().check(pending.snapshot());
    }
  }

  private void setTags() {
    for (PendingOperation<K, V, R> pending : operations) {
      List<String> names = pending.isOpen() ? tagsToStore(pending) : List.of();
      StoreException failure = lookup().failureOf(names.stream());
      if (failure != null) {
        call.failures().storeFailed(pending, failure, null);
      } else if (!names.isEmpty()) {
        pending.setTags(lookup().versions(names));
      }
    }
  }

  private static Stream<String> tagsOfEntry(PendingOperation<?, ?, ?> pending) {
    return pending.hasSnapshot()
        ? pending.snapshot().tags().stream().map(TagVersion::name)
        : Stream.of();
  }

  private List<String> tagsToStore(PendingOperation<K, V, R> pending) {
    return pending.needsTags() ? lookup().names(pending.operation().tags()) : List.of();
  }
}
