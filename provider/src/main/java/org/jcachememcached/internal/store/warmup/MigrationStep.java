package org.jcachememcached.internal.store.warmup;

import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;

/** What a {@link MigratingCommand} wants next. Immutable. */
sealed interface MigrationStep {

  /** The two groups of servers. */
  enum Group {
    NEW,
    OLD
  }

  /** Send one command to one group, and go on with what its reply leads to. */
  record Ask(Group group, Command command, Function<Reply, MigrationStep> then)
      implements MigrationStep {}

  /** Let the old group forget the key as soon as it can be reached, and go on. */
  record Forget(MigrationStep then) implements MigrationStep {}

  /** Nothing more: this is the reply to the command that the passage began with. */
  record Answer(Reply reply) implements MigrationStep {}
}
