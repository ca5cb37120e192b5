package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.warmup.Client.Call;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is an order of the calls, none before one that ended earlier, in which a single
 * entry in a single place would have given the same replies: linearizability.
 *
 * @param initial the value at the beginning
 */
record History(@Nullable String initial, List<Call> calls) {

  /** The entry, and which write made it. */
  private record Entry(@Nullable String value, int version) {}

  boolean isLinearizable() {
    return canGoOn(calls, new Entry(initial, 0), Map.of());
  }

  // The map holds which version each client read last.
  private static boolean canGoOn(List<Call> rest, Entry entry, Map<Integer, Integer> read) {
    if (rest.isEmpty()) {
      return true;
    }
    for (Call call : rest) {
      boolean first = rest.stream().noneMatch(other -> other.end() < call.begin());
      Entry next = first ? after(call, entry, read.getOrDefault(call.client(), -1)) : null;
      if (next != null) {
        List<Call> others = new ArrayList<>(rest);
        others.remove(call);
        Map<Integer, Integer> readNow = new HashMap<>(read);
        if (call.command() instanceof Command.Get) {
          readNow.put(call.client(), next.version());
        }
        if (canGoOn(others, next, readNow)) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Entry after(Call call, Entry entry, int versionRead) {
    Command command = call.command();
    boolean done = call.reply().status() == Status.DONE;
    boolean present = entry.value() != null;
    if (command instanceof Command.Get) {
      String found = call.reply().item() == null ? null : Values.text(call.reply().item());
      return Objects.equals(found, entry.value()) ? entry : null;
    }
    if (command instanceof Command.Set set) {
      return done ? changed(entry, text(set.item())) : null;
    }
    if (command instanceof Command.Add add) {
      return done == present ? null : done ? changed(entry, text(add.item())) : entry;
    }
    if (command instanceof Command.Replace replace) {
      return done != present ? null : done ? changed(entry, text(replace.item())) : entry;
    }
    if (command instanceof Command.Append) {
      return done != present ? null : done ? changed(entry, entry.value() + "+") : entry;
    }
    if (command instanceof Command.Count count) {
      return counted(count, call.reply(), entry);
    }
    if (command instanceof Command.Delete) {
      return done != present ? null : done ? changed(entry, null) : entry;
    }
    boolean unchanged = present && entry.version() == versionRead;
    if (done != unchanged) {
      return null;
    }
    if (command instanceof Command.CompareAndSet set) {
      return done ? changed(entry, text(set.item())) : entry;
    }
    return done ? changed(entry, null) : entry;
  }

  /** A placeholder is no number either; the caller reads the entry then. */
  private static @Nullable Entry counted(Command.Count count, Reply reply, Entry entry) {
    if (reply.status() == Status.NOT_A_NUMBER) {
      return entry;
    }
    String before = entry.value();
    if (before != null && !before.matches("\\d+")) {
      return null;
    }
    long number =
        before == null
            ? Objects.requireNonNull(count.initial()).number()
            : Long.parseLong(before) + count.delta();
    return reply.number() == number ? changed(entry, Long.toString(number)) : null;
  }

  private static Entry changed(Entry entry, @Nullable String value) {
    return new Entry(value, entry.version() + 1);
  }

  private static String text(Item item) {
    return Values.text(stored(item));
  }

  private static StoredItem stored(Item item) {
    return new StoredItem(item.flags(), item.data(), 1, item.keepUntil());
  }

  @Override
  public String toString() {
    return calls.stream().map(History::describe).collect(Collectors.joining("\n", "\n", ""));
  }

  private static String describe(Call call) {
    Reply reply = call.reply();
    return "client %d, steps %d to %d: %s -> %s %s"
        .formatted(
            call.client(),
            call.begin(),
            call.end(),
            call.command().getClass().getSimpleName(),
            reply.status(),
            reply.item() == null ? "" : Values.text(reply.item()));
  }
}
