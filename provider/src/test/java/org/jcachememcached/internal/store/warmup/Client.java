package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.warmup.MigrationStep.Done;
import org.jcachememcached.internal.store.warmup.MigrationStep.Send;
import org.jspecify.annotations.Nullable;

/** Runs one command after the other against two groups, one step at a time. */
final class Client {

  /** A command with its place in time and its reply. */
  record Call(int client, Command command, int begin, int end, Reply reply) {}

  /** A command that depends on the reply to the one before, null at first. */
  interface Next {
    Command after(@Nullable Reply before);
  }

  private final int number;
  private final List<Next> commands;
  private final Function<Command, MigratingCommand> migrating;
  private final List<Call> calls = new ArrayList<>();
  private @Nullable Command command;
  private @Nullable MigrationStep step;
  private int begin;

  Client(int number, List<Next> commands, Function<Command, MigratingCommand> migrating) {
    this.number = number;
    this.commands = commands;
    this.migrating = migrating;
  }

  boolean isDone() {
    return calls.size() == commands.size();
  }

  List<Call> calls() {
    return calls;
  }

  void step(ModelGroup cold, ModelGroup warm, int time) {
    if (step == null) {
      begin = time;
      step = begin();
    }
    Send send = (Send) step;
    ModelGroup group = send.group() == MigrationStep.Group.COLD ? cold : warm;
    step = send.then().apply(group.answer(send.command()));
    if (step instanceof Done done) {
      calls.add(new Call(number, Objects.requireNonNull(command), begin, time, done.reply()));
      step = null;
    }
  }

  private MigrationStep begin() {
    Reply before = calls.isEmpty() ? null : calls.get(calls.size() - 1).reply();
    Command next = commands.get(calls.size()).after(before);
    command = next;
    return migrating.apply(next).begin();
  }
}
