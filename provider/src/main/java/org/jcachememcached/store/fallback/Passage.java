package org.jcachememcached.store.fallback;

import static org.jcachememcached.store.fallback.Step.Group.NEW;
import static org.jcachememcached.store.fallback.Step.Group.OLD;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.config.FallbackWrites;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.Reply.Status;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jcachememcached.store.StoredItem;
import org.jcachememcached.store.fallback.Step.Answer;
import org.jcachememcached.store.fallback.Step.Ask;
import org.jcachememcached.store.fallback.Step.Forget;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way through both groups: the protocol of {@link FallbackStore}, one step at a
 * time and without a network, so that a test can put the steps of several passages into every order
 * there is. For one use; not thread-safe.
 */
final class Passage {

  private static final int MOST_RACES = 100;

  private final Command command;
  private final String key;
  private final FallbackWrites writes;
  private final ItemForm form;
  private final MoveProgress progress;
  private boolean withoutOldGroup;
  private int rounds;

  Passage(Command command, FallbackWrites writes, ItemForm form, MoveProgress progress) {
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

  Step begin() {
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

  private Step decide(Reply seen) {
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
      return write(
          new Command.CompareAndSet(key, next, item.token()), next, this::answerUnlessLost);
    }
    return remove(new Command.CompareAndDelete(key, item.token()), this::answerUnlessLost);
  }

  private Step add(Command.Add add) {
    // What is present may be a placeholder.
    return write(
        add,
        add.item(),
        reply -> reply.status() == Status.PRESENT ? settle(this::decide) : new Answer(reply));
  }

  private Step answerUnlessLost(Reply reply) {
    return reply.status() == Status.DONE || reply.status() == Status.FAILED
        ? new Answer(reply)
        : settle(this::decide);
  }

  // Reading

  /** Sees to it that the entry is in the new group or nowhere; goes on with what is there. */
  private Step settle(Function<Reply, Step> then) {
    if (++rounds > MOST_RACES) {
      String message = "Others kept changing '" + key + "' while it was moved between servers";
      return new Answer(Reply.failed(StoreException.withoutEffect(Reason.REJECTED, message, null)));
    }
    return lookInNew(then, () -> lookInOld(then));
  }

  private Step lookInNew(Function<Reply, Step> then, Supplier<Step> whenAbsent) {
    return askNew(
        new Command.Get(key),
        reply -> {
          StoredItem item = reply.item();
          if (item == null) {
            return whenAbsent.get();
          }
          return form.isPlaceholder(item) ? fill(item.token(), then) : then.apply(reply);
        });
  }

  private Step lookInOld(Function<Reply, Step> then) {
    // Somebody may have moved the entry since the new group was asked, so a miss asks there again.
    Supplier<Step> nowhere = () -> lookInNew(then, () -> then.apply(Reply.ABSENT));
    return askOld(
        new Command.Get(key),
        reply -> original(reply) == null ? nowhere.get() : holdPlace(then),
        nowhere);
  }

  private Step holdPlace(Function<Reply, Step> then) {
    return askNew(new Command.Add(key, form.placeholder()), reply -> settle(then));
  }

  /** The old group is asked while the place is held: only so is what it says still true after. */
  private Step fill(long place, Function<Reply, Step> then) {
    Supplier<Step> giveUpPlace =
        () ->
            askNew(
                new Command.CompareAndDelete(key, place),
                reply -> reply.status() == Status.DONE ? then.apply(Reply.ABSENT) : settle(then));
    return askOld(
        new Command.Get(key),
        reply -> {
          Item moved = original(reply);
          return moved == null ? giveUpPlace.get() : fill(place, moved, token(reply), then);
        },
        giveUpPlace);
  }

  private Step fill(long place, Item moved, long origin, Function<Reply, Step> then) {
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
  private Step leaveOld(long origin, Function<Reply, Step> then) {
    return askOld(
        new Command.CompareAndDelete(key, origin), reply -> settle(then), () -> settle(then));
  }

  private @Nullable Item original(Reply reply) {
    StoredItem item = reply.item();
    return item == null || form.isPlaceholder(item) || form.isCopy(item) ? null : form.moved(item);
  }

  private static long token(Reply reply) {
    return Objects.requireNonNull(reply.item()).token();
  }

  // Writing

  private Step write(Command toNew, Item item, Function<Reply, Step> then) {
    return writes == FallbackWrites.NEW ? remove(toNew, then) : writeBoth(toNew, item, then);
  }

  /** Changes the new group, and leaves nothing in the old one. */
  private Step remove(Command toNew, Function<Reply, Step> then) {
    // Once more afterwards: a copy, or a client that moves the other way, may have come between.
    return clearOld(() -> new Ask(NEW, toNew, reply -> clearOld(() -> then.apply(reply))));
  }

  private Step clearOld(Supplier<Step> then) {
    return askOld(new Command.Delete(key), reply -> then.get(), then);
  }

  private Step writeBoth(Command toNew, Item item, Function<Reply, Step> then) {
    Supplier<Step> newOnly = () -> new Ask(NEW, toNew, then);
    return askOld(
        new Command.Set(key, form.placeholder()),
        placed ->
            askOld(
                new Command.Get(key),
                place -> new Ask(NEW, toNew, reply -> copyToOld(place, item, reply, then)),
                newOnly),
        newOnly);
  }

  private Step copyToOld(Reply place, Item item, Reply written, Function<Reply, Step> then) {
    Supplier<Step> goOn = () -> then.apply(written);
    StoredItem held = place.item();
    if (written.status() != Status.DONE || held == null || !form.isPlaceholder(held)) {
      return clearOld(goOn);
    }
    return askOld(
        new Command.CompareAndSet(key, form.copy(item), held.token()),
        reply -> reply.status() == Status.DONE ? goOn.get() : clearOld(goOn),
        goOn);
  }

  // Asking

  /** The new group decides: a command that it cannot answer has failed. */
  private Step askNew(Command question, Function<Reply, Step> then) {
    return new Ask(
        NEW,
        question,
        reply -> reply.status() == Status.FAILED ? new Answer(reply) : then.apply(reply));
  }

  /** The old group may fail; it is then not asked again, so that it costs one timeout. */
  private Step askOld(Command question, Function<Reply, Step> then, Supplier<Step> without) {
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
