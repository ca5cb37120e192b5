package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/** One round trip: commands that go out together, and whose they are. Not thread-safe. */
final class Round<K, V, R extends @Nullable Object> {

  // Most rounds carry one command or none.
  private final List<Attempt<K, V, R>> attempts = new ArrayList<>(0);
  private final List<Command> commands = new ArrayList<>(0);

  /** What becomes of a reply. */
  interface Reaction<K, V, R extends @Nullable Object> {
    void to(Attempt<K, V, R> attempt, Reply reply, int index);
  }

  void add(Attempt<K, V, R> attempt, Command command) {
    attempts.add(attempt);
    commands.add(command);
  }

  /**
   * Sends the commands, waits for the replies and reacts to each; sends nothing when there is
   * nothing.
   */
  void send(Conversation conversation, Reaction<K, V, R> reaction) {
    if (commands.isEmpty()) {
      return;
    }
    List<Reply> replies = conversation.send(commands);
    for (int i = 0; i < replies.size(); i++) {
      reaction.to(attempts.get(i), replies.get(i), i);
    }
  }
}
