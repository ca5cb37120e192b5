package org.jcachememcached.internal.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One command to a store about one key: what memcached itself can do, in its own terms.
 *
 * <p>Keys are printable ASCII without spaces, except an {@link AffinityMark}; each character is a
 * byte, and there are at most {@value #MAX_KEY_LENGTH}. The codec ensures that. Every command is
 * atomic on its key. Immutable.
 */
public sealed interface Command {

  /** The length of a key that memcached accepts, in bytes. */
  int MAX_KEY_LENGTH = 250;

  /** The CAS value of an entry that does not exist; no stored entry ever has it. */
  long NO_CAS = 0;

  /** The key the command is about. */
  String key();

  /** The item to store, or null for a command that stores none. */
  default @Nullable Item item() {
    return null;
  }

  /** The same command about another key. */
  Command withKey(String key);

  /** A command that takes effect only while the stored item has a given CAS value. */
  sealed interface Conditional extends Command {

    /** The CAS value the stored item must have. */
    long cas();

    /** The same command with another CAS value. */
    Conditional withCas(long cas);
  }

  /**
   * Reads the item: {@code FOUND} or {@code ABSENT}. It may also set until when the store keeps the
   * item that it finds; the reply shows the item as it was before, and its CAS value stays the
   * same.
   *
   * @param keepUntil in milliseconds since the epoch, or {@link Item#FOREVER}, or {@link
   *     #UNCHANGED}
   */
  record Get(String key, long keepUntil) implements Command {

    /** The {@code keepUntil} of a command that only reads. */
    public static final long UNCHANGED = Long.MIN_VALUE;

    /** Only reads. */
    public Get(String key) {
      this(key, UNCHANGED);
    }

    /** Whether it sets until when the store keeps the item. */
    public boolean touches() {
      return keepUntil != UNCHANGED;
    }

    @Override
    public Get withKey(String key) {
      return new Get(key, keepUntil);
    }
  }

  /** Stores the item unconditionally: {@code DONE}. */
  record Set(String key, Item item) implements Command {

    @Override
    public Set withKey(String key) {
      return new Set(key, item);
    }
  }

  /** Stores the item only if none is stored: {@code DONE} or {@code PRESENT}. */
  record Add(String key, Item item) implements Command {

    @Override
    public Add withKey(String key) {
      return new Add(key, item);
    }
  }

  /** Stores the item only if one is stored: {@code DONE} or {@code ABSENT}. */
  record Replace(String key, Item item) implements Command {

    @Override
    public Replace withKey(String key) {
      return new Replace(key, item);
    }
  }

  /** Stores the item if the CAS value matches: {@code DONE}, {@code CHANGED} or {@code ABSENT}. */
  record CompareAndSet(String key, Item item, long cas) implements Conditional {

    @Override
    public CompareAndSet withKey(String key) {
      return new CompareAndSet(key, item, cas);
    }

    @Override
    public CompareAndSet withCas(long cas) {
      return new CompareAndSet(key, item, cas);
    }
  }

  /**
   * Stores the item if the CAS value matches, or if none is stored and it is {@link #NO_CAS}:
   * {@code CLAIMED} with the new CAS value, or {@code CHANGED}. {@code NOT_STORED} by a store that
   * does not support it.
   */
  record Claim(String key, Item item, long cas) implements Conditional {

    @Override
    public Claim withKey(String key) {
      return new Claim(key, item, cas);
    }

    @Override
    public Claim withCas(long cas) {
      return new Claim(key, item, cas);
    }
  }

  /**
   * Adds bytes to the data of the item, whose flags and time stay as they are: {@code DONE}, or
   * {@code NOT_STORED} if there is no item, or no room for the whole.
   *
   * @param part the bytes; its flags and time have no meaning
   * @param side where they are added
   */
  record Append(String key, Item part, Side side) implements Command {

    /** The two ends of the data. */
    public enum Side {
      FRONT,
      BACK
    }

    @Override
    public Item item() {
      return part;
    }

    /** The data of the item afterwards. */
    public byte[] whole(byte[] data) {
      byte[] front = side == Side.BACK ? data : part.data();
      byte[] back = side == Side.BACK ? part.data() : data;
      byte[] whole = Arrays.copyOf(front, front.length + back.length);
      System.arraycopy(back, 0, whole, front.length, back.length);
      return whole;
    }

    @Override
    public Append withKey(String key) {
      return new Append(key, part, side);
    }
  }

  /**
   * Counts in an item whose data is a whole number in decimal digits, from 0 to 2^64 - 1: {@code
   * COUNTED} with the number that results, {@code NOT_A_NUMBER} if the data is something else, or
   * {@code ABSENT}. Beyond 2^64 - 1 it continues at 0; below 0 it stops at 0. Flags and time of the
   * item stay as they are. The digits may be followed by spaces, and may be so afterwards.
   *
   * @param delta how much to add or to subtract; not negative
   * @param initial what to store if there is no item; null to store nothing
   */
  record Count(String key, Direction direction, long delta, @Nullable Initial initial)
      implements Command {

    /** The flags of an item that the command has created. */
    public static final int FLAGS = 0;

    /** Up or down. */
    public enum Direction {
      UP,
      DOWN;

      /** The direction that takes back what this one has done. */
      public Direction opposite() {
        return this == UP ? DOWN : UP;
      }
    }

    /**
     * The item that the command creates.
     *
     * @param number not negative; the delta is not applied to it
     * @param keepUntil in milliseconds since the epoch, or {@link Item#FOREVER}
     */
    public record Initial(long number, long keepUntil) {}

    @Override
    public Count withKey(String key) {
      return new Count(key, direction, delta, initial);
    }
  }

  /** Removes the item: {@code DONE} or {@code ABSENT}. */
  record Delete(String key) implements Command {

    @Override
    public Delete withKey(String key) {
      return new Delete(key);
    }
  }

  /** Removes the item if the CAS value matches: {@code DONE}, {@code CHANGED} or {@code ABSENT}. */
  record CompareAndDelete(String key, long cas) implements Conditional {

    @Override
    public CompareAndDelete withKey(String key) {
      return new CompareAndDelete(key, cas);
    }

    @Override
    public CompareAndDelete withCas(long cas) {
      return new CompareAndDelete(key, cas);
    }
  }
}
