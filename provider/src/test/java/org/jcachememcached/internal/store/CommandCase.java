package org.jcachememcached.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Stream;
import org.jcachememcached.internal.store.Reply.Status;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table that says what a command does in a situation.
 *
 * @param name the command, for the test's report
 * @param blueprint makes the command
 * @param situation what has happened to the key before
 * @param status what the store must answer
 * @param valueAfter the value that must be there after, or null for none
 */
record CommandCase(
    String name,
    Blueprint blueprint,
    Situation situation,
    Status status,
    @Nullable String valueAfter) {

  /** The value whose CAS value the command may carry. */
  static final String OLD = "old";

  /** The value that another client wrote since. */
  static final String OTHER = "other";

  private static final String NEW = "new";
  private static final Item NEW_ITEM = new Item(1, NEW.getBytes(UTF_8), Item.FOREVER);

  private static final Blueprint GET = (key, cas) -> new Command.Get(key);
  private static final Blueprint SET = (key, cas) -> new Command.Set(key, NEW_ITEM);
  private static final Blueprint ADD = (key, cas) -> new Command.Add(key, NEW_ITEM);
  private static final Blueprint REPLACE = (key, cas) -> new Command.Replace(key, NEW_ITEM);
  private static final Blueprint CAS = (key, cas) -> new Command.CompareAndSet(key, NEW_ITEM, cas);
  private static final Blueprint DELETE = (key, cas) -> new Command.Delete(key);
  private static final Blueprint CAD = Command.CompareAndDelete::new;

  /** What has happened to the key before the command. */
  enum Situation {
    /** Nothing, ever. */
    ABSENT,
    /** {@link #OLD} was stored and is there. */
    PRESENT,
    /** {@link #OLD} was stored, its CAS value read, then overwritten by {@link #OTHER}. */
    CHANGED,
    /** {@link #OLD} was stored, its CAS value read, then removed. */
    REMOVED,
    /** {@link #OLD} was stored, its CAS value read, then removed, then {@link #OTHER} stored. */
    RECREATED
  }

  /** Makes a command for a key and for a CAS value that was read before. */
  @FunctionalInterface
  interface Blueprint {
    Command command(String key, long cas);
  }

  static Stream<CommandCase> all() {
    return Stream.of(
        new CommandCase("get", GET, Situation.ABSENT, Status.ABSENT, null),
        new CommandCase("get", GET, Situation.PRESENT, Status.FOUND, OLD),
        new CommandCase("get", GET, Situation.CHANGED, Status.FOUND, OTHER),
        new CommandCase("get", GET, Situation.REMOVED, Status.ABSENT, null),
        new CommandCase("set", SET, Situation.ABSENT, Status.DONE, NEW),
        new CommandCase("set", SET, Situation.PRESENT, Status.DONE, NEW),
        new CommandCase("set", SET, Situation.REMOVED, Status.DONE, NEW),
        new CommandCase("add", ADD, Situation.ABSENT, Status.DONE, NEW),
        new CommandCase("add", ADD, Situation.PRESENT, Status.PRESENT, OLD),
        new CommandCase("add", ADD, Situation.REMOVED, Status.DONE, NEW),
        new CommandCase("replace", REPLACE, Situation.ABSENT, Status.ABSENT, null),
        new CommandCase("replace", REPLACE, Situation.PRESENT, Status.DONE, NEW),
        new CommandCase("replace", REPLACE, Situation.REMOVED, Status.ABSENT, null),
        new CommandCase("compareAndSet", CAS, Situation.ABSENT, Status.ABSENT, null),
        new CommandCase("compareAndSet", CAS, Situation.PRESENT, Status.DONE, NEW),
        new CommandCase("compareAndSet", CAS, Situation.CHANGED, Status.CHANGED, OTHER),
        new CommandCase("compareAndSet", CAS, Situation.REMOVED, Status.ABSENT, null),
        new CommandCase("compareAndSet", CAS, Situation.RECREATED, Status.CHANGED, OTHER),
        new CommandCase("delete", DELETE, Situation.ABSENT, Status.ABSENT, null),
        new CommandCase("delete", DELETE, Situation.PRESENT, Status.DONE, null),
        new CommandCase("delete", DELETE, Situation.REMOVED, Status.ABSENT, null),
        new CommandCase("compareAndDelete", CAD, Situation.ABSENT, Status.ABSENT, null),
        new CommandCase("compareAndDelete", CAD, Situation.PRESENT, Status.DONE, null),
        new CommandCase("compareAndDelete", CAD, Situation.CHANGED, Status.CHANGED, OTHER),
        new CommandCase("compareAndDelete", CAD, Situation.REMOVED, Status.ABSENT, null),
        new CommandCase("compareAndDelete", CAD, Situation.RECREATED, Status.CHANGED, OTHER));
  }

  /** The command of this row. */
  Command command(String key, long cas) {
    return blueprint.command(key, cas);
  }

  @Override
  public String toString() {
    return name + " when " + situation;
  }
}
