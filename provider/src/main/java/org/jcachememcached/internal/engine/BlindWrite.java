package org.jcachememcached.internal.engine;

import java.util.Objects;
import java.util.function.Function;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A whole operation as one command that is sent without reading the entry first: what to send and
 * what the reply means. The item that a blind command finds in its place may be no entry at all
 * (see {@link Snapshot}), so no reply proves that there was an entry, only that there was none.
 * Immutable.
 *
 * @param kind the command
 * @param value the value to store; null for a delete
 * @param deadline when it expires, in milliseconds since the epoch
 * @param atStore whether the store keeps the deadline, which is less precise
 * @param verdict the outcome that a reply means, or null if the entry has to be read to find out
 */
public record BlindWrite<K, V, R extends @Nullable Object>(
    Kind kind,
    @Nullable V value,
    long deadline,
    boolean atStore,
    Function<Reply.Status, @Nullable Outcome<K, V, R>> verdict) {

  /** The blind commands. */
  public enum Kind {
    SET,
    ADD,
    DELETE
  }

  /**
   * The command to send.
   *
   * @param writeId identifies the stored value later, if the reply decides the outcome
   */
  Command command(EntryFormat<K, V> format, EncodedKey key, long writeId) {
    String wire = key.wire();
    return switch (kind) {
      case SET -> new Command.Set(wire, item(format, key, Envelope.NO_WRITE_ID));
      case ADD -> new Command.Add(wire, item(format, key, writeId));
      case DELETE -> new Command.Delete(wire);
    };
  }

  private Item item(EntryFormat<K, V> format, EncodedKey key, long writeId) {
    return format.item(key, Objects.requireNonNull(value), deadline, atStore, writeId);
  }

  /** Whether the outcome depends on the reply. */
  boolean isConditional() {
    return kind == Kind.ADD;
  }

  /**
   * The command that removes the outdated value when the write fails; null if the operation
   * outdates none.
   */
  @Nullable Command removal(EncodedKey key) {
    return kind == Kind.SET ? new Command.Delete(key.wire()) : null;
  }
}
