package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jspecify.annotations.Nullable;

/**
 * How a store is to count. Immutable.
 *
 * @param delta how much to add or to subtract; not negative
 * @param initial what to store if there is no entry; null to store nothing
 */
public record Counting(Direction direction, long delta, @Nullable Initial initial) {

  /**
   * The command.
   *
   * @param creating whether it may create the number
   */
  Command.Count command(String key, boolean creating) {
    return new Command.Count(key, direction, delta, creating ? initial : null);
  }

  /** The command that takes back what {@link #command} has done to an existing number. */
  Command.Count inverse(String key) {
    return new Command.Count(key, direction.opposite(), delta, null);
  }
}
