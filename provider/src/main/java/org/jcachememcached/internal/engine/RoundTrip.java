package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;

/**
 * The commands of a call that are to be sent together next, and the handlers of their replies,
 * which may add further commands. If the items are too large for one round trip it becomes several,
 * so that memory never holds more of them than one carries. Not thread-safe.
 */
final class RoundTrip {

  private final StoreSession session;
  private final PageSize pageSize;

  // Most round trips carry one command or none.
  private List<Command> commands = List.of();
  private List<Consumer<Reply>> reactions = List.of();
  private List<Command> commandsUnderWay = List.of();
  private List<Consumer<Reply>> reactionsUnderWay = List.of();
  private long itemBytes;

  RoundTrip(StoreSession session, PageSize pageSize) {
    this.session = session;
    this.pageSize = pageSize;
  }

  /** Adds a command. */
  void add(Command command, Consumer<Reply> reaction) {
    if (commands.isEmpty()) {
      commands = new ArrayList<>(1);
      reactions = new ArrayList<>(1);
    }
    commands.add(command);
    reactions.add(reaction);
    itemBytes += itemBytes(command);
  }

  private static int itemBytes(Command command) {
    Item item = command.item();
    return item == null ? 0 : item.data().length;
  }

  /** Whether there is nothing to send. */
  boolean isEmpty() {
    return commands.isEmpty();
  }

  /** Whether the commands should be sent before others are added. */
  boolean isFull() {
    return itemBytes >= ItemStore.ANSWER_BYTES;
  }

  /** Sends the commands, waits for the replies and handles each, until there is nothing to send. */
  void send() {
    while (!commands.isEmpty()) {
      sendOnce();
    }
  }

  /** Sends the commands that one round trip carries, waits for the replies and handles each. */
  void sendOnce() {
    begin();
    accept(session.send(commandsUnderWay));
  }

  /**
   * Sends the commands that one round trip carries, and does not wait.
   *
   * @return the replies, which are to be given to {@link #accept}
   */
  CompletableFuture<List<Reply>> sendWithoutWaiting() {
    begin();
    return session.sendWithoutWaiting(commandsUnderWay);
  }

  /** Handles the replies to the commands that were sent. */
  void accept(List<Reply> replies) {
    List<Consumer<Reply>> answered = reactionsUnderWay;
    pageSize.weigh(commandsUnderWay, replies);
    commandsUnderWay = List.of();
    reactionsUnderWay = List.of();
    for (int i = 0; i < answered.size(); i++) {
      answered.get(i).accept(replies.get(i));
    }
  }

  private void begin() {
    int count = itemBytes > ItemStore.ANSWER_BYTES ? countThatFit() : commands.size();
    if (count == commands.size()) {
      commandsUnderWay = commands;
      reactionsUnderWay = reactions;
      commands = List.of();
      reactions = List.of();
      itemBytes = 0;
    } else {
      commandsUnderWay = split(commands, count);
      reactionsUnderWay = split(reactions, count);
      commandsUnderWay.forEach(sent -> itemBytes -= itemBytes(sent));
    }
  }

  private int countThatFit() {
    long bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      bytes += itemBytes(commands.get(i));
      if (bytes > ItemStore.ANSWER_BYTES) {
        return Math.max(1, i);
      }
    }
    return commands.size();
  }

  /** Removes the first elements and returns them. */
  private static <T> List<T> split(List<T> list, int count) {
    List<T> head = list.subList(0, count);
    List<T> removed = List.copyOf(head);
    head.clear();
    return removed;
  }
}
