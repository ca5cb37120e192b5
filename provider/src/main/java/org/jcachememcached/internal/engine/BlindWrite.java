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
 * A whole operation as one blind command: what to send, and what the reply means. What is in the
 * way of a blind command may be no entry at all (see {@link Snapshot}), so no reply tells whether
 * there was one, only whether there was nothing.
 *
 * @param kind the command
 * @param value what to store; null for a delete
 * @param deadline when it expires, in milliseconds since the epoch
 * @param verdict the outcome that a reply means, or null when only a look at the entry can tell
 */
public record BlindWrite<K, V, R extends @Nullable Object>(
    Kind kind,
    @Nullable V value,
    long deadline,
    Function<Reply.Status, @Nullable Outcome<K, V, R>> verdict) {

  /** The blind commands. */
  public enum Kind {
    SET,
    ADD,
    DELETE
  }

  /**
   * The command.
   *
   * @param writeId by which the stored value is known again where the answer decides
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
    return format.item(key, Objects.requireNonNull(value), deadline, writeId);
  }

  /** Whether the reply decides what the caller is told. */
  boolean isConditional() {
    return kind == Kind.ADD;
  }

  /** What to send to leave no older value behind; null when the operation outdates none. */
  @Nullable Command removal(EncodedKey key) {
    return kind == Kind.SET ? new Command.Delete(key.wire()) : null;
  }
}
