package org.jcachememcached.internal.engine;

import java.util.function.Function;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A whole operation as one command that is sent without reading the entry first: what to send and
 * what the reply means. The item that a blind command finds in its place may be no entry at all
 * (see {@link Snapshot}), so no reply proves that there was an entry, only that there was none.
 * Immutable.
 *
 * @param kind the command
 * @param encoder makes the command
 * @param verdict the outcome that a reply means, or null if the entry has to be read to find out
 * @param counting how the store counts, if it does: if the outcome is an exception, that is taken
 *     back
 */
public record BlindWrite<K, V, R extends @Nullable Object>(
    Kind kind,
    Encoder<V> encoder,
    Function<Reply, @Nullable Outcome<K, V, R>> verdict,
    @Nullable Counting counting) {

  /** The blind commands. */
  public enum Kind {
    SET,
    ADD,
    DELETE,
    COUNT,
    APPEND
  }

  /** Makes the command for a key. */
  @FunctionalInterface
  public interface Encoder<V> {

    /**
     * The command, or null if the format of the entries does not allow it.
     *
     * @param mark what goes with the value; the write id only if the reply decides the outcome
     */
    @Nullable Command command(EntryFormat<?, V> format, EncodedKey key, WriteMark mark);
  }

  /**
   * Stores a value, whatever the entry is.
   *
   * @param deadline when it expires, in milliseconds since the epoch
   * @param atStore whether the store keeps the deadline, which is less precise
   */
  public static <K, V, R extends @Nullable Object> BlindWrite<K, V, R> set(
      V value,
      long deadline,
      boolean atStore,
      Function<Reply, @Nullable Outcome<K, V, R>> verdict) {
    return new BlindWrite<>(
        Kind.SET,
        (format, key, mark) ->
            new Command.Set(
                key.wire(), format.item(key, value, deadline, atStore, mark.withoutWriteId())),
        verdict,
        null);
  }

  /**
   * Stores a value if there is no item.
   *
   * @param deadline when it expires, in milliseconds since the epoch
   * @param atStore whether the store keeps the deadline, which is less precise
   */
  public static <K, V, R extends @Nullable Object> BlindWrite<K, V, R> add(
      V value,
      long deadline,
      boolean atStore,
      Function<Reply, @Nullable Outcome<K, V, R>> verdict) {
    return new BlindWrite<>(
        Kind.ADD,
        (format, key, mark) ->
            new Command.Add(key.wire(), format.item(key, value, deadline, atStore, mark)),
        verdict,
        null);
  }

  /** Removes the entry. */
  public static <K, V, R extends @Nullable Object> BlindWrite<K, V, R> delete(
      Function<Reply, @Nullable Outcome<K, V, R>> verdict) {
    return new BlindWrite<>(
        Kind.DELETE, (format, key, mark) -> new Command.Delete(key.wire()), verdict, null);
  }

  /** Lets the store count, if the format of the entries allows it. */
  public static <K, V, R extends @Nullable Object> BlindWrite<K, V, R> count(
      Counting counting, Function<Reply, @Nullable Outcome<K, V, R>> verdict) {
    return new BlindWrite<>(
        Kind.COUNT, (format, key, mark) -> format.count(key, counting), verdict, counting);
  }

  /** Lets the store append to a value, if the format of the entries allows it. */
  public static <K, V, R extends @Nullable Object> BlindWrite<K, V, R> append(
      V part, Command.Append.Side side, Function<Reply, @Nullable Outcome<K, V, R>> verdict) {
    return new BlindWrite<>(
        Kind.APPEND, (format, key, mark) -> format.append(key, part, side), verdict, null);
  }

  /**
   * The command to send, or null if the format of the entries does not allow it.
   *
   * @param mark what goes with the value; the write id only if the reply decides the outcome
   */
  @Nullable Command command(EntryFormat<K, V> format, EncodedKey key, WriteMark mark) {
    return encoder.command(format, key, mark);
  }

  /** How the store has counted if that has to be taken back; null if not. */
  @Nullable Counting exceeding(Outcome<K, V, R> outcome) {
    return outcome.failure() == null ? null : counting;
  }

  /** Whether a later read shows whether the command was carried out: by its write id. */
  boolean isRecognizable() {
    return kind == Kind.ADD;
  }

  /** Whether the call continues without an item that is too large. */
  boolean maySkipItem() {
    return kind != Kind.APPEND;
  }

  /**
   * The command that removes the outdated value when the write fails; null if the operation
   * outdates none.
   */
  @Nullable Command removal(EncodedKey key) {
    return kind == Kind.SET ? new Command.Delete(key.wire()) : null;
  }
}
