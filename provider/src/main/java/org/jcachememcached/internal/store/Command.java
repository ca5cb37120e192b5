package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * One thing a store can be asked to do with one key: what memcached itself can do, in its own
 * terms.
 *
 * <p>Keys are printable ASCII without spaces, at most {@value #MAX_KEY_LENGTH} bytes; the codec
 * sees to that. Every command is atomic on its key.
 */
public sealed interface Command {

  /** The length of a key that memcached accepts, in bytes. */
  int MAX_KEY_LENGTH = 250;

  /** The token of an entry that does not exist; no stored entry ever has it. */
  long NO_CAS = 0;

  /** The key the command is about. */
  String key();

  /** The item that it brings, or null if it brings none. */
  default @Nullable Item item() {
    return null;
  }

  /** Reads the item: {@code FOUND} or {@code ABSENT}. */
  record Get(String key) implements Command {}

  /** Stores the item whatever is there: {@code DONE}. */
  record Set(String key, Item item) implements Command {}

  /** Stores the item only where none is: {@code DONE} or {@code PRESENT}. */
  record Add(String key, Item item) implements Command {}

  /** Stores the item only where one is: {@code DONE} or {@code ABSENT}. */
  record Replace(String key, Item item) implements Command {}

  /**
   * Stores the item only where the one that was read with this token still is: {@code DONE}, {@code
   * CHANGED} or {@code ABSENT}.
   */
  record CompareAndSet(String key, Item item, long cas) implements Command {}

  /** Removes the item: {@code DONE} or {@code ABSENT}. */
  record Delete(String key) implements Command {}

  /**
   * Removes the item only if it is still the one that was read with this token: {@code DONE},
   * {@code CHANGED} or {@code ABSENT}.
   */
  record CompareAndDelete(String key, long cas) implements Command {}
}
