package org.jcachememcached.internal.store.memcached;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * Commands of one call that travel to one server together: only gets, or only commands that change
 * something. Says which reply of the server belongs to which command. Not thread-safe: guarded by
 * the operation that carries it.
 *
 * <p>Several gets are quiet, so the server answers hits only, and are closed by {@code mn}. Other
 * commands are answered one by one and in their order. Every request carries an opaque number of
 * its own that the server sends back: an answer that does not fit is never handed to anybody.
 */
final class Batch {

  private final PendingReplies call;
  private final @Nullable BatchPipeline pipeline;
  private final Command[] commands;
  private final int[] positions;
  private final long firstOpaque;
  private final InstantSource clock;
  private final boolean gets;
  private final long requestLength;
  private final @Nullable Reply[] replies;
  private final ReplyReader reader;
  private int next;
  private Reply silence = Reply.ABSENT;

  /**
   * @param pipeline the share of the call that it is a part of, or null if it is the whole call
   * @param positions where in the call each command stands
   * @param firstOpaque the opaque number of the first command; the others' follow
   * @param clock the time that items are kept until
   */
  Batch(
      PendingReplies call,
      @Nullable BatchPipeline pipeline,
      Command[] commands,
      int[] positions,
      long firstOpaque,
      InstantSource clock) {
    this.call = call;
    this.pipeline = pipeline;
    this.reader = new ReplyReader(call::makeRoomFor);
    this.commands = commands;
    this.positions = positions;
    this.firstOpaque = firstOpaque;
    this.clock = clock;
    this.replies = new Reply[commands.length];
    this.gets = commands[0] instanceof Command.Get;
    this.requestLength = Arrays.stream(commands).mapToLong(RequestEncoder::greatestLength).sum();
  }

  int size() {
    return commands.length;
  }

  Command command(int i) {
    return commands[i];
  }

  long opaque(int i) {
    return firstOpaque + i;
  }

  /** The number of bytes on the wire, or some more. */
  long requestLength() {
    return requestLength;
  }

  boolean isQuiet() {
    return gets && commands.length > 1;
  }

  /** Whether a lost answer leaves open what happened. */
  boolean changesSomething() {
    return !gets;
  }

  boolean hasReply(int i) {
    return replies[i] != null;
  }

  void reply(int i, Reply reply) {
    replies[i] = reply;
  }

  /**
   * Hands the replies over to the call; to be done once. What the server answers later is read, to
   * stay in step with it, but reaches nobody.
   *
   * @param toTheRest the reply to commands that have none
   */
  void deliver(Reply toTheRest) {
    for (int i = 0; i < commands.length; i++) {
      Reply reply = replies[i];
      call.reply(positions[i], reply == null ? toTheRest : reply);
    }
    if (pipeline != null) {
      pipeline.ended(requestLength, toTheRest.failure());
    }
    call.answered(commands.length);
  }

  /** Whether no other batch of the same share was too late before; to be asked once. */
  boolean isFirstToExpire() {
    return pipeline == null || pipeline.isFirstToExpire();
  }

  /** Whether every command has its reply, so that there is nothing (more) to ask the server. */
  boolean isAnswered() {
    while (next < commands.length && hasReply(next)) {
      next++;
    }
    return next == commands.length;
  }

  /**
   * Takes what the server has answered.
   *
   * @return whether the server has answered all of it; bytes behind that are left in the buffer
   * @throws ProtocolException if the connection must not be read any further
   */
  boolean read(ByteBuffer in) throws ProtocolException {
    while (reader.read(in)) {
      if (isQuiet() ? takeQuiet() : takeNext()) {
        return true;
      }
    }
    return false;
  }

  private boolean takeNext() throws ProtocolException {
    if (isAnswered()) {
      throw unexpected();
    }
    if (reader.kind() == ReplyReader.Kind.SERVER_ERROR) {
      reply(next, refused(described(commands[next])));
    } else {
      requireOpaque(opaque(next));
      reply(next, meaning(commands[next]));
    }
    return isAnswered();
  }

  private boolean takeQuiet() throws ProtocolException {
    switch (reader.kind()) {
      case VALUE -> takeHit();
      case SERVER_ERROR -> silence = refused("a get of a batch");
      case NOTHING_MORE -> {
        breakSilence();
        return true;
      }
      default -> throw unexpected();
    }
    return false;
  }

  private void breakSilence() {
    for (int i = 0; i < commands.length; i++) {
      if (!hasReply(i)) {
        reply(i, silence);
      }
    }
  }

  private void takeHit() throws ProtocolException {
    long i = reader.opaque() - firstOpaque;
    if (i < next || i >= commands.length) {
      throw unexpected();
    }
    reply((int) i, found());
    next = (int) i + 1;
  }

  private Reply meaning(Command command) throws ProtocolException {
    return switch (reader.kind()) {
      case VALUE -> command instanceof Command.Get ? found() : unexpectedFor(command);
      case MISS -> command instanceof Command.Get ? Reply.ABSENT : unexpectedFor(command);
      case DONE -> command instanceof Command.Get ? unexpectedFor(command) : Reply.DONE;
      case NOT_FOUND -> isConditional(command) ? Reply.ABSENT : unexpectedFor(command);
      case EXISTS -> isConditional(command) ? Reply.CHANGED : unexpectedFor(command);
      case NOT_STORED -> notStored(command);
      default -> unexpectedFor(command);
    };
  }

  private Reply notStored(Command command) throws ProtocolException {
    if (command instanceof Command.Add) {
      return Reply.PRESENT;
    }
    return command instanceof Command.Replace ? Reply.ABSENT : unexpectedFor(command);
  }

  private static boolean isConditional(Command command) {
    return command instanceof Command.CompareAndSet
        || command instanceof Command.CompareAndDelete
        || command instanceof Command.Delete;
  }

  private Reply found() {
    if (reader.isSkipped()) {
      return Reply.DEFERRED;
    }
    long keepUntil = Exptime.keepUntil(reader.secondsLeft(), clock.millis());
    return Reply.found(new StoredItem(reader.flags(), reader.data(), reader.cas(), keepUntil));
  }

  private static String described(Command command) {
    Item item = command.item();
    return item == null
        ? "a command for '" + command.key() + "'"
        : "the item '%s' with a value of %d bytes".formatted(command.key(), item.data().length);
  }

  private Reply refused(String what) {
    String line = reader.errorLine();
    Reason reason = line.contains("too large") ? Reason.TOO_LARGE : Reason.REJECTED;
    String message = "memcached refused " + what + ": " + line;
    return Reply.failed(StoreException.withoutEffect(reason, message, null));
  }

  private void requireOpaque(long expected) throws ProtocolException {
    if (reader.opaque() != expected) {
      throw unexpected();
    }
  }

  private Reply unexpectedFor(Command command) throws ProtocolException {
    throw new ProtocolException(
        "memcached answered " + reader + " to " + command.getClass().getSimpleName());
  }

  private ProtocolException unexpected() {
    return new ProtocolException(
        "memcached answered " + reader + " where command " + next + " of " + size() + " waits");
  }
}
