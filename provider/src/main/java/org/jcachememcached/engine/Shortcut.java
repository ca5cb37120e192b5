package org.jcachememcached.engine;

import java.util.Objects;
import java.util.function.Function;
import org.jcachememcached.codec.EncodedKey;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A whole operation as one blind command: what to send, and what the reply means.
 *
 * @param kind the command
 * @param value what to store; null for a delete
 * @param deadline when it expires, in milliseconds since the epoch
 * @param verdict the outcome that a reply means, or null when only a look at the entry can tell
 */
public record Shortcut<K, V, R extends @Nullable Object>(
    Kind kind,
    @Nullable V value,
    long deadline,
    Function<Reply.Status, @Nullable Outcome<K, V, R>> verdict) {

  /** The blind commands. */
  public enum Kind {
    SET,
    ADD,
    REPLACE,
    DELETE
  }

  Command command(EntryFormat<K, V> format, EncodedKey key) {
    return switch (kind) {
      case SET -> new Command.Set(key.wire(), format.item(key, required(), deadline));
      case ADD -> new Command.Add(key.wire(), format.item(key, required(), deadline));
      case REPLACE -> new Command.Replace(key.wire(), format.item(key, required(), deadline));
      case DELETE -> new Command.Delete(key.wire());
    };
  }

  /** Whether what is stored so far is outdated by the operation, even if it fails. */
  boolean outdates() {
    return kind == Kind.SET || kind == Kind.REPLACE;
  }

  private V required() {
    return Objects.requireNonNull(value);
  }
}
