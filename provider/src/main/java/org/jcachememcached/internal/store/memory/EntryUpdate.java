package org.jcachememcached.internal.store.memory;

import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a writing command on the item of its key, for {@code Map.compute}, which makes it
 * atomic. It keeps the reply. For one use; not thread-safe.
 */
final class EntryUpdate implements BiFunction<String, @Nullable StoredItem, @Nullable StoredItem> {

  private final Command command;
  private final LongSupplier casValues;
  private Reply reply = Reply.ABSENT;

  EntryUpdate(Command command, LongSupplier casValues) {
    this.command = command;
    this.casValues = casValues;
  }

  @Override
  public @Nullable StoredItem apply(String key, @Nullable StoredItem current) {
    reply = replyTo(current);
    if (!reply.equals(Reply.DONE)) {
      return current;
    }
    Item item = command.item();
    return item == null ? null : stored(item);
  }

  /** The reply, once the update was applied. */
  Reply reply() {
    return reply;
  }

  private Reply replyTo(@Nullable StoredItem current) {
    if (command instanceof Command.Set) {
      return Reply.DONE;
    }
    if (command instanceof Command.Add) {
      return current == null ? Reply.DONE : Reply.PRESENT;
    }
    if (current == null) {
      return Reply.ABSENT;
    }
    return command instanceof Command.Conditional conditional && conditional.cas() != current.cas()
        ? Reply.CHANGED
        : Reply.DONE;
  }

  private StoredItem stored(Item item) {
    return new StoredItem(item.flags(), item.data(), casValues.getAsLong(), item.keepUntil());
  }
}
