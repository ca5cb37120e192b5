package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

/**
 * What a call has to know of tags at one time: their versions, read in one round trip; then those
 * that have none and need one get one. Tags are identified by their encoded names. Not thread-safe.
 */
final class TagLookup {

  /** How often a tag gets a version that is gone, or another one, when it is read again. */
  private static final int CREATIONS = 5;

  private final TagItems items;
  private final RoundTrip round;
  private final Map<Set<String>, List<String>> encoded = new HashMap<>();
  private final Set<String> added = new HashSet<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, StoreException> failures = new HashMap<>();

  /** Whether nothing is in the place of a tag that has no version. */
  private final Map<String, Boolean> withoutVersion = new HashMap<>();

  /**
   * @param session the access of the call to the servers of the cache
   */
  TagLookup(EngineParts<?, ?> parts, StoreSession session) {
    this.items = parts.tags();
    // The sizes of these items tell nothing of those of entries.
    this.round =
        new RoundTrip(session.with(items.store()), new PageSize(parts.limits().pageSize().limit()));
  }

  /** Collects the commands; it has to be sent until it is empty after each step. */
  RoundTrip round() {
    return round;
  }

  /** The encoded names of tags. */
  List<String> names(Set<String> tags) {
    // The operations of a call have the same tags.
    return encoded.computeIfAbsent(tags, any -> any.stream().map(TagItems::encode).toList());
  }

  /** Adds the read of a tag, unless it is added already. */
  void read(String name) {
    if (added.add(name)) {
      round.add(items.get(name), reply -> onRead(name, reply));
    }
  }

  private void onRead(String name, Reply reply) {
    Long version = TagItems.version(reply.item());
    if (reply.failure() != null) {
      failures.put(name, reply.failure());
    } else if (version != null) {
      versions.put(name, version);
    } else {
      withoutVersion.put(name, reply.status() == Reply.Status.ABSENT);
    }
  }

  /** Why the version of one of the tags is not known; null if all have been read. */
  @Nullable StoreException failureOf(Stream<String> names) {
    return names.map(failures::get).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Compares the tags of an entry with the versions that were read. */
  void check(Snapshot<?> entry) {
    entry.checkTags(versions);
  }

  /**
   * The same.
   *
   * @throws StoreException if the version of one of its tags is not known
   */
  void checkOrThrow(Snapshot<?> entry) {
    StoreException failure = failureOf(entry.tags().stream().map(TagVersion::name));
    if (failure != null) {
      throw failure;
    }
    check(entry);
  }

  /** Adds the creation of a version for a tag that has none. */
  void createIfMissing(String name) {
    Boolean isEmpty = withoutVersion.remove(name);
    if (isEmpty != null) {
      create(name, isEmpty, CREATIONS);
    }
  }

  private void create(String name, boolean isEmpty, int creations) {
    long version = TagItems.newVersion();
    round.add(
        items.create(name, version, isEmpty), reply -> onCreated(name, version, creations, reply));
  }

  private void onCreated(String name, long version, int creations, Reply reply) {
    if (reply.failure() != null) {
      failures.put(name, reply.failure());
    } else if (reply.status() == Reply.Status.DONE) {
      versions.put(name, version);
    } else {
      round.add(items.get(name), again -> onReadAgain(name, creations, again));
    }
  }

  private void onReadAgain(String name, int creations, Reply reply) {
    onRead(name, reply);
    Boolean isEmpty = withoutVersion.remove(name);
    if (isEmpty != null && creations > 0) {
      create(name, isEmpty, creations - 1);
    } else if (isEmpty != null) {
      failures.put(name, vanishing(name));
    }
  }

  /** The tags with their versions; each has one. */
  List<TagVersion> versions(Collection<String> names) {
    List<TagVersion> known = new ArrayList<>(names.size());
    for (String name : names) {
      known.add(new TagVersion(name, Objects.requireNonNull(versions.get(name))));
    }
    return known;
  }

  private static StoreException vanishing(String name) {
    return StoreException.withoutEffect(
        Reason.REJECTED,
        "the tag '%s' was invalidated %d times while a version was given to it"
            .formatted(name, CREATIONS),
        null);
  }
}
