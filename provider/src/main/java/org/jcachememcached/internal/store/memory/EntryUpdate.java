package org.jcachememcached.internal.store.memory;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.UnsignedNumber;
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
    if (command instanceof Command.Count count) {
      return count(count, current);
    }
    if (command instanceof Command.Append append) {
      return append(append, current);
    }
    if (command instanceof Command.Claim claim) {
      return claim(claim, current);
    }
    reply = replyTo(current);
    if (!reply.equals(Reply.DONE)) {
      return current;
    }
    Item item = command.item();
    return item == null ? null : stored(item);
  }

  private @Nullable StoredItem count(Command.Count count, @Nullable StoredItem current) {
    if (current != null && !UnsignedNumber.isNumber(current.data())) {
      reply = Reply.NOT_A_NUMBER;
      return current;
    }
    Initial initial = count.initial();
    if (current == null && initial == null) {
      return null;
    }
    long number =
        current == null
            ? Objects.requireNonNull(initial).number()
            : UnsignedNumber.result(current.data(), count);
    reply = Reply.counted(number);
    byte[] digits = UnsignedNumber.digits(number);
    return current == null
        ? stored(new Item(Command.Count.FLAGS, digits, Objects.requireNonNull(initial).keepUntil()))
        : stored(new Item(current.flags(), digits, current.keepUntil()));
  }

  private @Nullable StoredItem append(Command.Append append, @Nullable StoredItem current) {
    if (current == null) {
      reply = Reply.NOT_STORED;
      return null;
    }
    reply = Reply.DONE;
    byte[] whole = append.whole(current.data());
    return stored(new Item(current.flags(), whole, current.keepUntil()));
  }

  private @Nullable StoredItem claim(Command.Claim claim, @Nullable StoredItem current) {
    if (claim.cas() != (current == null ? Command.NO_CAS : current.cas())) {
      reply = Reply.CHANGED;
      return current;
    }
    StoredItem stored = stored(claim.item());
    reply = Reply.claimed(stored.cas());
    return stored;
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
