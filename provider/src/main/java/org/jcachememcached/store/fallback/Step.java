package org.jcachememcached.store.fallback;

import java.util.function.Function;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Reply;

/** What a {@link Passage} wants next. Immutable. */
sealed interface Step {

  /** The two groups of servers. */
  enum Group {
    NEW,
    OLD
  }

  /** Send one command to one group, and go on with what its reply leads to. */
  record Ask(Group group, Command command, Function<Reply, Step> then) implements Step {}

  /** Let the old group forget the key as soon as it can be reached, and go on. */
  record Forget(Step then) implements Step {}

  /** Nothing more: this is the reply to the command that the passage began with. */
  record Answer(Reply reply) implements Step {}
}
