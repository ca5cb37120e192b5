package org.jcachememcached.internal.store.warmup;

import static org.jcachememcached.internal.store.warmup.MigrationStep.Group.NEW;
import static org.jcachememcached.internal.store.warmup.MigrationStep.Group.OLD;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.api.FallbackWrites;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.warmup.MigrationStep.Answer;
import org.jcachememcached.internal.store.warmup.MigrationStep.Ask;
import org.jcachememcached.internal.store.warmup.MigrationStep.Forget;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way through both groups: the protocol of {@link WarmUpStore}, one step at a
 * time and without a network, so that a test can put the steps of several passages into every order
 * there is. For one use; not thread-safe.
 */
final class MigratingCommand {

  private static final int MOST_RACES = 100;

  private final Command command;
  private final String key;
  private final FallbackWrites writes;
  private final WarmUpCodec form;
  private final MigrationProgress progress;
  private boolean withoutOldGroup;
  private int rounds;

  MigratingCommand(
      Command command, FallbackWrites writes, WarmUpCodec form, MigrationProgress progress) {
    this.command = command;
    this.key = command.key();
    this.writes = writes;
    this.form = form;
    this.progress = progress;
  }

  String key() {
    return key;
  }

  /** Whether it is about reading alone. */
  boolean isRead() {
    return command instanceof Command.Get;
  }

  MigrationStep begin() {
    if (command instanceof Command.Get) {
      return settle(Answer::new);
    }
    // A token is of the new group, so the entry was there when it was read.
    if (command instanceof Command.CompareAndSet compareAndSet) {
      return write(command, compareAndSet.item(), Answer::new);
    }
    if (command instanceof Command.CompareAndDelete) {
      return remove(command, Answer::new);
    }
    return settle(this::decide);
  }

  private MigrationStep decide(Reply seen) {
    if (command instanceof Command.Set set) {
      return write(set, set.item(), Answer::new);
    }
    StoredItem item = seen.item();
    if (command instanceof Command.Add add) {
      return item == null ? add(add) : new Answer(Reply.PRESENT);
    }
    if (item == null) {
      return new Answer(Reply.ABSENT);
    }
    if (command instanceof Command.Replace replace) {
      Item next = replace.item();
      return write(new Command.CompareAndSet(key, next, item.cas()), next, this::answerUnlessLost);
    }
    return remove(new Command.CompareAndDelete(key, item.cas()), this::answerUnlessLost);
  }

  private MigrationStep add(Command.Add add) {
    // What is present may be a placeholder.
    return write(
        add,
        add.item(),
        reply -> reply.status() == Status.PRESENT ? settle(this::decide) : new Answer(reply));
  }

  private MigrationStep answerUnlessLost(Reply reply) {
    return reply.status() == Status.DONE || reply.status() == Status.FAILED
        ? new Answer(reply)
        : settle(this::decide);
  }

  // Reading

  /** Sees to it that the entry is in the new group or nowhere; goes on with what is there. */
  private MigrationStep settle(Function<Reply, MigrationStep> then) {
    if (++rounds > MOST_RACES) {
      String message = "Others kept changing '" + key + "' while it was moved between servers";
      return new Answer(Reply.failed(StoreException.withoutEffect(Reason.REJECTED, message, null)));
    }
    return lookInNew(then, () -> lookInOld(then));
  }

  private MigrationStep lookInNew(
      Function<Reply, MigrationStep> then, Supplier<MigrationStep> whenAbsent) {
    return askNew(
        new Command.Get(key),
        reply -> {
          StoredItem item = reply.item();
          if (item == null) {
            return whenAbsent.get();
          }
          return form.isPlaceholder(item) ? fill(item.cas(), then) : then.apply(reply);
        });
  }

  private MigrationStep lookInOld(Function<Reply, MigrationStep> then) {
    // Somebody may have moved the entry since the new group was asked, so a miss asks there again.
    Supplier<MigrationStep> nowhere = () -> lookInNew(then, () -> then.apply(Reply.ABSENT));
    return askOld(
        new Command.Get(key),
        reply -> original(reply) == null ? nowhere.get() : holdPlace(then),
        nowhere);
  }

  private MigrationStep holdPlace(Function<Reply, MigrationStep> then) {
    return askNew(new Command.Add(key, form.placeholder()), reply -> settle(then));
  }

  /** The old group is asked while the place is held: only so is what it says still true after. */
  private MigrationStep fill(long place, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> giveUpPlace =
        () ->
            askNew(
                new Command.CompareAndDelete(key, place),
                reply -> reply.status() == Status.DONE ? then.apply(Reply.ABSENT) : settle(then));
    return askOld(
        new Command.Get(key),
        reply -> {
          Item moved = original(reply);
          return moved == null ? giveUpPlace.get() : fill(place, moved, cas(reply), then);
        },
        giveUpPlace);
  }

  private MigrationStep fill(
      long place, Item moved, long origin, Function<Reply, MigrationStep> then) {
    return new Ask(
        NEW,
        new Command.CompareAndSet(key, moved, place),
        reply -> {
          if (reply.status() == Status.DONE) {
            progress.recordMove();
            return writes == FallbackWrites.NEW ? leaveOld(origin, then) : settle(then);
          }
          if (reply.failure() == null) {
            return settle(then);
          }
          return reply.failure().reason() == Reason.TOO_LARGE
              ? leaveOld(origin, then)
              : new Answer(reply);
        });
  }

  /** Takes the entry from the old group: it was moved, or the new servers do not take it. */
  private MigrationStep leaveOld(long origin, Function<Reply, MigrationStep> then) {
    return askOld(
        new Command.CompareAndDelete(key, origin), reply -> settle(then), () -> settle(then));
  }

  private @Nullable Item original(Reply reply) {
    StoredItem item = reply.item();
    return item == null || form.isPlaceholder(item) || form.isCopy(item) ? null : form.moved(item);
  }

  private static long cas(Reply reply) {
    return Objects.requireNonNull(reply.item()).cas();
  }

  // Writing

  private MigrationStep write(Command toNew, Item item, Function<Reply, MigrationStep> then) {
    return writes == FallbackWrites.NEW ? remove(toNew, then) : writeBoth(toNew, item, then);
  }

  /** Changes the new group, and leaves nothing in the old one. */
  private MigrationStep remove(Command toNew, Function<Reply, MigrationStep> then) {
    // Once more afterwards: a copy, or a client that moves the other way, may have come between.
    return clearOld(() -> new Ask(NEW, toNew, reply -> clearOld(() -> then.apply(reply))));
  }

  private MigrationStep clearOld(Supplier<MigrationStep> then) {
    return askOld(new Command.Delete(key), reply -> then.get(), then);
  }

  private MigrationStep writeBoth(Command toNew, Item item, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> newOnly = () -> new Ask(NEW, toNew, then);
    return askOld(
        new Command.Set(key, form.placeholder()),
        placed ->
            askOld(
                new Command.Get(key),
                place -> new Ask(NEW, toNew, reply -> copyToOld(place, item, reply, then)),
                newOnly),
        newOnly);
  }

  private MigrationStep copyToOld(
      Reply place, Item item, Reply written, Function<Reply, MigrationStep> then) {
    Supplier<MigrationStep> goOn = () -> then.apply(written);
    StoredItem held = place.item();
    if (written.status() != Status.DONE || held == null || !form.isPlaceholder(held)) {
      return clearOld(goOn);
    }
    return askOld(
        new Command.CompareAndSet(key, form.copy(item), held.cas()),
        reply -> reply.status() == Status.DONE ? goOn.get() : clearOld(goOn),
        goOn);
  }

  // Asking

  /** The new group decides: a command that it cannot answer has failed. */
  private MigrationStep askNew(Command question, Function<Reply, MigrationStep> then) {
    return new Ask(
        NEW,
        question,
        reply -> reply.status() == Status.FAILED ? new Answer(reply) : then.apply(reply));
  }

  /** The old group may fail; it is then not asked again, so that it costs one timeout. */
  private MigrationStep askOld(
      Command question, Function<Reply, MigrationStep> then, Supplier<MigrationStep> without) {
    if (withoutOldGroup) {
      return without.get();
    }
    return new Ask(
        OLD,
        question,
        reply -> {
          if (reply.status() != Status.FAILED) {
            return then.apply(reply);
          }
          withoutOldGroup = true;
          return command instanceof Command.Get ? without.get() : new Forget(without.get());
        });
  }
}
