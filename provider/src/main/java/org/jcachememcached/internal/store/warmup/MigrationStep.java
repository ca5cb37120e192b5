package org.jcachememcached.internal.store.warmup;

import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;

/** The next step of a {@link MigratingCommand}. Immutable. */
sealed interface MigrationStep {

  /** The two groups of servers. */
  enum Group {
    /** The new servers, empty at first. */
    COLD,
    /** The old servers, which hold the entries at first. */
    WARM
  }

  /** Send a command to one group and continue with the step that its reply leads to. */
  record Send(Group group, Command command, Function<Reply, MigrationStep> then)
      implements MigrationStep {}

  /** Invalidate the key in the warm group, without waiting, and continue. */
  record Invalidate(MigrationStep then) implements MigrationStep {}

  /** The end: the reply to the migrating command. */
  record Done(Reply reply) implements MigrationStep {}
}
