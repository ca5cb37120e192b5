package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;

/**
 * One round trip: the commands that are sent together and the handlers of their replies. If the
 * items are too large for one round trip it becomes several, so that memory never holds more of
 * them than one carries. Not thread-safe.
 */
final class RoundTrip {

  private final StoreSession session;
  private final PageSize pageSize;

  // Most round trips carry one command or none.
  private List<Command> commands = List.of();
  private List<Consumer<Reply>> reactions = List.of();
  private long itemBytes;

  RoundTrip(StoreSession session, PageSize pageSize) {
    this.session = session;
    this.pageSize = pageSize;
  }

  /** Adds a command; sends the commands before it first if there is no room for it. */
  void add(Command command, Consumer<Reply> reaction) {
    Item item = command.item();
    int bytes = item == null ? 0 : item.data().length;
    if (itemBytes > 0 && itemBytes + bytes > ItemStore.ANSWER_BYTES) {
      send();
    }
    if (commands.isEmpty()) {
      commands = new ArrayList<>(1);
      reactions = new ArrayList<>(1);
    }
    commands.add(command);
    reactions.add(reaction);
    itemBytes += bytes;
  }

  /** Sends the commands, waits for the replies and handles each; does nothing without commands. */
  void send() {
    while (!commands.isEmpty()) {
      List<Command> sent = commands;
      List<Consumer<Reply>> toReplies = reactions;
      commands = List.of();
      reactions = List.of();
      itemBytes = 0;
      List<Reply> replies = session.send(sent);
      pageSize.weigh(sent, replies);
      for (int i = 0; i < replies.size(); i++) {
        toReplies.get(i).accept(replies.get(i));
      }
    }
  }
}
