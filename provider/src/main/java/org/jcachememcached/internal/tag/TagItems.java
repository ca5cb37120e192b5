package org.jcachememcached.internal.tag;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an application: for each that is in use an item, which holds the version of the tag
 * and never expires. An entry is present as long as each of its tags has the version that it had
 * when the entry was stored. Without the item a tag has no version: it was invalidated, evicted or
 * lost, and its entries are absent. The next entry gives it a new version, 64 random bits, so that
 * an entry that was absent once stays so.
 *
 * <p>The name of a tag is any text; in commands and entries it is encoded. Thread-safe.
 */
public final class TagItems implements AutoCloseable {

  /** Loaded when the first version is needed: its initialization takes time. Thread-safe. */
  private static final class Versions {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  private final ItemStore store;
  private final String prefix;

  /**
   * @param store the servers of the manager; closed with this
   * @param namespace that of the tags of the application
   */
  public TagItems(ItemStore store, Namespace namespace) {
    this.store = store;
    this.prefix = namespace.prefix();
  }

  /** Where the items are. */
  public ItemStore store() {
    return store;
  }

  /** The encoded name of a tag. */
  public static String encode(String tag) {
    return Namespace.encode(tag);
  }

  /** The command that reads the version of a tag. */
  public Command.Get get(String name) {
    return new Command.Get(key(name));
  }

  /**
   * The version that a {@link #get} has found, or null if the tag has none.
   *
   * @param found the item; null if there is none
   */
  public static @Nullable Long version(@Nullable StoredItem found) {
    return found == null || found.data().length != Long.BYTES
        ? null
        : Long.valueOf(ByteBuffer.wrap(found.data()).getLong());
  }

  /** A version that no tag has had yet. */
  public static long newVersion() {
    return Versions.RANDOM.nextLong();
  }

  /**
   * The command that gives a version to a tag without one.
   *
   * @param isEmpty whether there is no item; otherwise something else is in its place
   */
  public Command create(String name, long version, boolean isEmpty) {
    byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(version).array();
    Item item = new Item(0, data, Item.FOREVER);
    return isEmpty ? new Command.Add(key(name), item) : new Command.Set(key(name), item);
  }

  /**
   * Makes all entries with one of the tags absent, in one round trip. Removals whose outcome is
   * unknown are repeated once.
   *
   * @throws StoreException if a tag could not be invalidated; the message names it. That is done as
   *     soon as its server can be reached, and before this client reads anything from that server
   */
  public void invalidate(Collection<String> tags) {
    List<String> names = tags.stream().map(TagItems::encode).distinct().toList();
    Map<String, StoreException> failures = remove(names);
    if (failures.values().stream().anyMatch(StoreException::isOutcomeUnknown)) {
      failures = remove(failures.keySet());
    }
    if (!failures.isEmpty()) {
      store.invalidate(prefix, failures.keySet().stream().map(this::key).toList());
      throw notInvalidated(failures);
    }
  }

  /** Removes items; returns the tags for which that has failed. */
  private Map<String, StoreException> remove(Collection<String> names) {
    List<Command.Delete> deletes =
        names.stream().map(name -> new Command.Delete(key(name))).toList();
    Iterator<Reply> replies = store.send(deletes).join().iterator();
    Map<String, StoreException> failures = new LinkedHashMap<>();
    for (String name : names) {
      StoreException failure = replies.next().failure();
      if (failure != null) {
        failures.put(name, failure);
      }
    }
    return failures;
  }

  private static StoreException notInvalidated(Map<String, StoreException> failures) {
    StoreException first = failures.values().iterator().next();
    String message =
        "the tag '%s' could not be invalidated, its entries may still be read until its server can be reached again: %s"
            .formatted(String.join("', '", failures.keySet()), first.getMessage());
    return first.isOutcomeUnknown()
        ? StoreException.outcomeUnknown(first.reason(), message, first)
        : StoreException.withoutEffect(first.reason(), message, first);
  }

  @Override
  public void close() {
    store.close();
  }

  private String key(String name) {
    return prefix + name;
  }
}
