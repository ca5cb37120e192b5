package org.jcachememcached.internal.store.generation;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;

/**
 * Maps commands and keys into one generation, and replies and keys out of it. Keys without the
 * prefix are unchanged. Immutable.
 *
 * @param prefix the prefix of keys outside
 * @param relocated their prefix in the store
 * @param casMask converts CAS values of the store into those outside and back
 */
record KeyMapping(String prefix, String relocated, long casMask) {

  List<Command> into(List<? extends Command> commands) {
    List<Command> moved = new ArrayList<>(commands.size() + 1);
    commands.forEach(command -> moved.add(into(command)));
    return moved;
  }

  private Command into(Command command) {
    Command moved = command.withKey(into(command.key()));
    return moved instanceof Command.Conditional conditional && conditional.cas() != Command.NO_CAS
        ? conditional.withCas(conditional.cas() ^ casMask)
        : moved;
  }

  String into(String key) {
    return moved(key, prefix, relocated);
  }

  List<Reply> outOf(List<Reply> replies) {
    List<Reply> moved = new ArrayList<>(replies.size());
    replies.forEach(reply -> moved.add(outOf(reply)));
    return moved;
  }

  private Reply outOf(Reply reply) {
    if (reply.status() == Reply.Status.CLAIMED) {
      return Reply.claimed(reply.number() ^ casMask);
    }
    StoredItem item = reply.item();
    return item == null
        ? reply
        : Reply.found(
            new StoredItem(item.flags(), item.data(), item.cas() ^ casMask, item.keepUntil()));
  }

  String outOf(String key) {
    return moved(key, relocated, prefix);
  }

  private static String moved(String key, String from, String to) {
    return key.startsWith(from) ? to + key.substring(from.length()) : key;
  }
}
