package org.jcachememcached.internal.store.memcached.protocol;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * Commands of one call that are sent to one server together: only gets, or only commands that
 * change something. Matches the replies of the server with the commands. Not thread-safe: guarded
 * by the operation that carries it.
 *
 * <p>Several gets are quiet, so the server answers hits only, and are followed by {@code mn}. Other
 * commands are answered one by one and in their order. Every request carries an opaque number of
 * its own that the server sends back: an answer with another number is never delivered.
 */
public final class Batch {

  private final BatchListener listener;
  private final Command[] commands;
  private final int[] positions;
  private final long firstOpaque;
  private final InstantSource clock;
  private final long casMask;
  private final boolean gets;
  private final long requestLength;
  private final @Nullable Reply[] replies;
  private final ReplyReader reader;
  private int next;
  private Reply silence = Reply.ABSENT;

  /**
   * @param listener receives the replies
   * @param positions the position of each command in the call
   * @param firstOpaque the opaque number of the first command; those of the others follow it
   * @param clock the clock of the times that items are kept until
   * @param casMask converts the CAS values of the server into those of commands and replies, and
   *     back: those of different servers have no relation, and must not be taken for each other
   */
  public Batch(
      BatchListener listener,
      Command[] commands,
      int[] positions,
      long firstOpaque,
      InstantSource clock,
      long casMask) {
    this.listener = listener;
    this.reader = new ReplyReader(listener::makeRoomFor);
    this.commands = commands;
    this.positions = positions;
    this.firstOpaque = firstOpaque;
    this.clock = clock;
    this.casMask = casMask;
    this.replies = new Reply[commands.length];
    this.gets = commands[0] instanceof Command.Get;
    this.requestLength = greatestLength(commands);
  }

  /** The number of commands. */
  private static long greatestLength(Command[] commands) {
    long length = 0;
    for (Command command : commands) {
      length += RequestEncoder.greatestLength(command);
    }
    return length;
  }

  public int size() {
    return commands.length;
  }

  /** One of the commands. */
  public Command command(int i) {
    return commands[i];
  }

  long opaque(int i) {
    return firstOpaque + i;
  }

  /** The CAS value to send for a condition. */
  long casToSend(Command.Conditional command) {
    return command.cas() ^ casMask;
  }

  private long cas() {
    return reader.cas() ^ casMask;
  }

  /** The number of bytes on the wire, or an upper bound of it. */
  public long requestLength() {
    return requestLength;
  }

  boolean isQuiet() {
    return gets && commands.length > 1;
  }

  /** Whether it is unknown what happened if the answer is lost. */
  public boolean changesSomething() {
    return !gets;
  }

  boolean hasReply(int i) {
    return replies[i] != null;
  }

  private void reply(int i, Reply reply) {
    replies[i] = reply;
  }

  /** The request for all commands that have no reply yet, ready to be read. */
  public ByteBuffer encode() {
    return RequestEncoder.encode(this, clock.millis());
  }

  /**
   * Refuses the items that are larger than the server accepts, before anything is sent.
   *
   * @param itemSizeMax the size of the largest item that it accepts, with all overhead, in bytes
   */
  public void refuseOversized(long itemSizeMax, Server server) {
    for (int i = 0; i < commands.length; i++) {
      Item item = commands[i].item();
      if (item != null) {
        refuseOversized(i, item, itemSizeMax, server);
      }
    }
  }

  private void refuseOversized(int i, Item item, long itemSizeMax, Server server) {
    String key = commands[i].key();
    long size = ServerFacts.sizeOf(key.length(), item.flags(), item.data().length);
    if (size > itemSizeMax) {
      String message =
          "the item '%s' takes %d bytes, but memcached at %s takes at most %d (its option -I)"
              .formatted(key, size, server, itemSizeMax);
      reply(i, Reply.failed(StoreException.withoutEffect(Reason.TOO_LARGE, message, null)));
    }
  }

  /**
   * Delivers the replies to the listener; to be called once. What the server answers later is read,
   * to keep requests and replies aligned, but is not delivered.
   *
   * @param toTheRest the reply to commands that have none
   */
  public void deliver(Reply toTheRest) {
    for (int i = 0; i < commands.length; i++) {
      Reply reply = replies[i];
      listener.reply(positions[i], reply == null ? toTheRest : reply);
    }
    listener.ended(commands.length, requestLength, toTheRest.failure());
  }

  /** Whether no other batch of the same call and server expired before; to be asked once. */
  public boolean isFirstToExpire() {
    return listener.isFirstToExpire();
  }

  /** Whether every command has its reply, so that there is nothing (more) to ask the server. */
  public boolean isAnswered() {
    while (next < commands.length && hasReply(next)) {
      next++;
    }
    return next == commands.length;
  }

  /**
   * Reads what the server has answered.
   *
   * @return whether the server has answered all commands; bytes behind that are left in the buffer
   * @throws ProtocolException if the connection must not be read any further
   */
  public boolean read(ByteBuffer in) throws ProtocolException {
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
    } else if (reader.kind() == ReplyReader.Kind.CLIENT_ERROR) {
      reply(next, mistake(commands[next]));
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
      case VALUE -> value(command);
      case MISS -> command instanceof Command.Get ? Reply.ABSENT : unexpectedFor(command);
      case DONE -> done(command);
      case NOT_FOUND ->
          isConditional(command) || command instanceof Command.Count
              ? Reply.ABSENT
              : notClaimed(command);
      case EXISTS -> isConditional(command) ? Reply.CHANGED : notClaimed(command);
      case NOT_STORED -> notStored(command);
      default -> unexpectedFor(command);
    };
  }

  private Reply done(Command command) throws ProtocolException {
    if (command instanceof Command.Claim) {
      return Reply.claimed(cas());
    }
    return isAnsweredByValue(command) ? unexpectedFor(command) : Reply.DONE;
  }

  private Reply notClaimed(Command command) throws ProtocolException {
    return command instanceof Command.Claim ? Reply.CHANGED : unexpectedFor(command);
  }

  private Reply value(Command command) throws ProtocolException {
    if (command instanceof Command.Get) {
      return found();
    }
    return command instanceof Command.Count ? counted() : unexpectedFor(command);
  }

  private Reply counted() throws ProtocolException {
    String digits = new String(reader.data(), StandardCharsets.ISO_8859_1);
    try {
      return Reply.counted(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      throw new ProtocolException("memcached has counted to '" + digits + "'");
    }
  }

  /** What memcached takes for a mistake of the client: it does not count in what is no number. */
  private Reply mistake(Command command) throws ProtocolException {
    return command instanceof Command.Count && reader.errorLine().contains("non-numeric")
        ? Reply.NOT_A_NUMBER
        : unexpectedFor(command);
  }

  private Reply notStored(Command command) throws ProtocolException {
    if (command instanceof Command.Append) {
      return Reply.NOT_STORED;
    }
    if (command instanceof Command.Add) {
      return Reply.PRESENT;
    }
    return command instanceof Command.Replace ? Reply.ABSENT : notClaimed(command);
  }

  private static boolean isAnsweredByValue(Command command) {
    return command instanceof Command.Get || command instanceof Command.Count;
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
    return Reply.found(new StoredItem(reader.flags(), reader.data(), cas(), keepUntil));
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
