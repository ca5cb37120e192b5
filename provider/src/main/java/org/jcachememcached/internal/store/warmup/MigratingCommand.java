package org.jcachememcached.internal.store.warmup;

import static org.jcachememcached.internal.store.warmup.MigrationStep.Group.COLD;
import static org.jcachememcached.internal.store.warmup.MigrationStep.Group.WARM;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.warmup.MigrationStep.Done;
import org.jcachememcached.internal.store.warmup.MigrationStep.Invalidate;
import org.jcachememcached.internal.store.warmup.MigrationStep.Send;
import org.jspecify.annotations.Nullable;

/**
 * One command and the commands to both groups that carry it out: the protocol of {@link
 * WarmUpStore}, step by step and without I/O, so that a test can interleave the steps of several
 * commands in every possible order. For one use; not thread-safe.
 */
final class MigratingCommand {

  private static final int MAX_ATTEMPTS = 100;

  private final Command command;
  private final String key;
  private final MigrationMode mode;
  private final WarmUpCodec codec;
  private final MigrationProgress progress;
  private boolean withoutWarmGroup;
  private int attempts;

  MigratingCommand(
      Command command, MigrationMode mode, WarmUpCodec codec, MigrationProgress progress) {
    this.command = command;
    this.key = command.key();
    this.mode = mode;
    this.codec = codec;
    this.progress = progress;
  }

  String key() {
    return key;
  }

  /** Whether the command only reads. */
  boolean isRead() {
    return command instanceof Command.Get;
  }

  MigrationStep begin() {
    if (mode == MigrationMode.CLEAR) {
      return isRead() ? readAndClear() : remove(command, Done::new);
    }
    if (command instanceof Command.Get get) {
      return migrate(reply -> get.touches() ? touched(get, reply) : new Done(reply));
    }
    if (mode == MigrationMode.COPY && command instanceof Command.Conditional conditional) {
      return removeIfUnchanged(conditional);
    }
    if (command instanceof Command.Claim) {
      // The new CAS value would be that of an item which may still move.
      return new Done(Reply.NOT_STORED);
    }
    // The CAS value comes from the cold group, so the entry was there when it was read.
    if (command instanceof Command.CompareAndSet compareAndSet) {
      return write(command, compareAndSet.item(), Done::new);
    }
    if (command instanceof Command.CompareAndDelete) {
      return remove(command, Done::new);
    }
    return migrate(this::decide);
  }

  private MigrationStep decide(Reply seen) {
    if (command instanceof Command.Set set) {
      return write(set, set.item(), Done::new);
    }
    StoredItem item = seen.item();
    if (command instanceof Command.Add add) {
      return item == null ? add(add) : new Done(Reply.PRESENT);
    }
    if (command instanceof Command.Append append) {
      return item == null ? new Done(Reply.NOT_STORED) : append(append, item);
    }
    if (command instanceof Command.Count count && (item != null || count.initial() != null)) {
      // What is in place of the number may be a placeholder: then it has to be read.
      return remove(command, Done::new);
    }
    if (item == null) {
      return new Done(Reply.ABSENT);
    }
    if (command instanceof Command.Replace replace) {
      Item next = replace.item();
      return write(new Command.CompareAndSet(key, next, item.cas()), next, this::doneUnlessChanged);
    }
    return remove(new Command.CompareAndDelete(key, item.cas()), this::doneUnlessChanged);
  }

  private MigrationStep add(Command.Add add) {
    // The item that is present may be a placeholder.
    return write(
        add,
        add.item(),
        reply -> reply.status() == Status.PRESENT ? migrate(this::decide) : new Done(reply));
  }

  /** On condition that the item is still there: a placeholder must not be appended to. */
  private MigrationStep append(Command.Append append, StoredItem item) {
    Item whole = new Item(item.flags(), append.whole(item.data()), item.keepUntil());
    return write(new Command.CompareAndSet(key, whole, item.cas()), whole, this::doneUnlessChanged);
  }

  private MigrationStep doneUnlessChanged(Reply reply) {
    return reply.status() == Status.DONE || reply.status() == Status.FAILED
        ? new Done(reply)
        : migrate(this::decide);
  }

  // Reading

  /** The cold group has touched the item; a copy in the warm group is to live as long. */
  private MigrationStep touched(Command.Get get, Reply reply) {
    return mode != MigrationMode.MIRROR || reply.item() == null
        ? new Done(reply)
        : sendToWarm(get, copy -> new Done(reply), () -> new Done(reply));
  }

  /** What is absent for this client must not be there for one that reads the warm group. */
  private MigrationStep readAndClear() {
    return sendToCold(
        command,
        reply -> reply.item() == null ? clearWarm(() -> new Done(reply)) : new Done(reply));
  }

  /** Ensures that the entry is in the cold group or in neither; continues with what is there. */
  private MigrationStep migrate(Function<Reply, MigrationStep> then) {
    if (++attempts > MAX_ATTEMPTS) {
      String message = "Others kept changing '" + key + "' while it was moved between servers";
      return new Done(Reply.failed(StoreException.withoutEffect(Reason.REJECTED, message, null)));
    }
    return readCold(then, () -> readWarm(then));
  }

  private MigrationStep readCold(
      Function<Reply, MigrationStep> then, Supplier<MigrationStep> whenAbsent) {
    // A get that touches does so here, where its reply comes from; a placeholder is replaced soon.
    Command read = command instanceof Command.Get ? command : new Command.Get(key);
    return sendToCold(
        read,
        reply -> {
          StoredItem item = reply.item();
          if (item == null) {
            return whenAbsent.get();
          }
          return codec.isPlaceholder(item) ? fillPlaceholder(item.cas(), then) : then.apply(reply);
        });
  }

  private MigrationStep readWarm(Function<Reply, MigrationStep> then) {
    // Another client may have migrated the entry since the cold group was read: read it again.
    Supplier<MigrationStep> whenAbsentInBoth = () -> readCold(then, () -> then.apply(Reply.ABSENT));
    return sendToWarm(
        new Command.Get(key),
        reply -> original(reply) == null ? whenAbsentInBoth.get() : addPlaceholder(then),
        whenAbsentInBoth);
  }

  private MigrationStep addPlaceholder(Function<Reply, MigrationStep> then) {
    return sendToCold(new Command.Add(key, codec.placeholder()), reply -> migrate(then));
  }

  /**
   * Reads the warm group while the placeholder is in place: only then does its reply stay valid.
   */
  private MigrationStep fillPlaceholder(long place, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> removePlaceholder =
        () ->
            sendToCold(
                new Command.CompareAndDelete(key, place),
                reply -> reply.status() == Status.DONE ? then.apply(Reply.ABSENT) : migrate(then));
    return sendToWarm(
        new Command.Get(key),
        reply -> {
          Item migrated = original(reply);
          return migrated == null
              ? removePlaceholder.get()
              : fillPlaceholder(place, migrated, cas(reply), then);
        },
        removePlaceholder);
  }

  private MigrationStep fillPlaceholder(
      long place, Item migrated, long origin, Function<Reply, MigrationStep> then) {
    return new Send(
        COLD,
        new Command.CompareAndSet(key, migrated, place),
        reply -> {
          if (reply.status() == Status.DONE) {
            progress.recordMigration();
            return mode == MigrationMode.MOVE ? removeOriginal(origin, then) : migrate(then);
          }
          if (reply.failure() == null) {
            return migrate(then);
          }
          return reply.failure().reason() == Reason.TOO_LARGE
              ? removeOriginal(origin, then)
              : new Done(reply);
        });
  }

  /** Removes the original: it was migrated, or the new servers refuse it as too large. */
  private MigrationStep removeOriginal(long origin, Function<Reply, MigrationStep> then) {
    return sendToWarm(
        new Command.CompareAndDelete(key, origin), reply -> migrate(then), () -> migrate(then));
  }

  private @Nullable Item original(Reply reply) {
    StoredItem item = reply.item();
    return item == null || codec.isPlaceholder(item) || codec.isCopy(item)
        ? null
        : codec.migrated(item);
  }

  private static long cas(Reply reply) {
    return Objects.requireNonNull(reply.item()).cas();
  }

  // Writing

  private MigrationStep write(Command toCold, Item item, Function<Reply, MigrationStep> then) {
    return mode == MigrationMode.MIRROR ? writeBoth(toCold, item, then) : remove(toCold, then);
  }

  /** Changes the cold group and clears the warm one, which also has no copy of the outcome. */
  private MigrationStep remove(Command toCold, Function<Reply, MigrationStep> then) {
    // Cleared twice: a copy, or a client that migrates the other way, may have come in between.
    return clearWarm(() -> new Send(COLD, toCold, reply -> clearWarm(() -> then.apply(reply))));
  }

  private MigrationStep clearWarm(Supplier<MigrationStep> then) {
    return sendToWarm(new Command.Delete(key), reply -> then.get(), then);
  }

  /**
   * The CAS value may come from the warm group, before it became that: then the condition is not
   * met, and the entry must not be removed there without having been copied.
   */
  private MigrationStep removeIfUnchanged(Command.Conditional conditional) {
    return migrate(
        seen -> {
          StoredItem item = seen.item();
          if ((item == null ? Command.NO_CAS : item.cas()) == conditional.cas()) {
            return remove(conditional, Done::new);
          }
          boolean isClaim = conditional instanceof Command.Claim;
          return new Done(item == null && !isClaim ? Reply.ABSENT : Reply.CHANGED);
        });
  }

  private MigrationStep writeBoth(Command toCold, Item item, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> coldOnly = () -> new Send(COLD, toCold, then);
    return sendToWarm(
        new Command.Set(key, codec.placeholder()),
        placed ->
            sendToWarm(
                new Command.Get(key),
                place -> new Send(COLD, toCold, reply -> copyToWarm(place, item, reply, then)),
                coldOnly),
        coldOnly);
  }

  private MigrationStep copyToWarm(
      Reply place, Item item, Reply written, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> proceed = () -> then.apply(written);
    StoredItem held = place.item();
    if (written.status() != Status.DONE || held == null || !codec.isPlaceholder(held)) {
      return clearWarm(proceed);
    }
    return sendToWarm(
        new Command.CompareAndSet(key, codec.copy(item), held.cas()),
        reply -> reply.status() == Status.DONE ? proceed.get() : clearWarm(proceed),
        proceed);
  }

  // Sending

  /** The cold group is authoritative: when it fails, the command has failed. */
  private MigrationStep sendToCold(Command toSend, Function<Reply, MigrationStep> then) {
    return new Send(
        COLD,
        toSend,
        reply -> reply.status() == Status.FAILED ? new Done(reply) : then.apply(reply));
  }

  /** After a failure the warm group is not used again, so that an outage costs one timeout. */
  private MigrationStep sendToWarm(
      Command toSend, Function<Reply, MigrationStep> then, Supplier<MigrationStep> without) {
    if (withoutWarmGroup) {
      return without.get();
    }
    return new Send(
        WARM,
        toSend,
        reply -> {
          if (reply.status() != Status.FAILED) {
            return then.apply(reply);
          }
          withoutWarmGroup = true;
          return command instanceof Command.Get ? without.get() : new Invalidate(without.get());
        });
  }
}
