package org.jcachememcached.internal.store.memcached.protocol;

import java.nio.ByteBuffer;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;

/**
 * Writes the commands of a batch that have no reply yet into one buffer, as meta commands. Not
 * thread-safe.
 */
public final class RequestEncoder {

  /** Everything of a command but its key and value: words, numbers of up to 64 bits, line ends. */
  private static final int OVERHEAD = 96;

  private static final byte[] NOTHING_MORE = {'m', 'n', '\r', '\n'};

  private final ByteBuffer out;
  private final long now;

  private RequestEncoder(int capacity, long now) {
    this.out = ByteBuffer.allocate(capacity);
    this.now = now;
  }

  /**
   * The request, ready to be read.
   *
   * @param now milliseconds since the epoch
   */
  static ByteBuffer encode(Batch batch, long now) {
    int capacity = NOTHING_MORE.length;
    for (int i = 0; i < batch.size(); i++) {
      capacity += greatestLength(batch.command(i));
    }
    RequestEncoder encoder = new RequestEncoder(capacity, now);
    encoder.writeAll(batch);
    return encoder.out.flip();
  }

  /** The number of bytes that a command takes on the wire, or an upper bound of it. */
  public static int greatestLength(Command command) {
    Item item = command.item();
    return OVERHEAD + command.key().length() + (item == null ? 0 : item.data().length);
  }

  private void writeAll(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.hasReply(i)) {
        write(batch.command(i), batch.opaque(i), batch.isQuiet());
      }
    }
    if (batch.isQuiet()) {
      out.put(NOTHING_MORE);
    }
  }

  private void write(Command command, long opaque, boolean quiet) {
    Item item = command.item();
    if (item != null) {
      writeStore(command, item, opaque);
    } else if (command instanceof Command.Get) {
      text("mg ").text(command.key()).text(quiet ? " f c t v q" : " f c t v").end(opaque);
    } else {
      text("md ").text(command.key()).condition(command).end(opaque);
    }
  }

  private void writeStore(Command command, Item item, long opaque) {
    text("ms ").text(command.key()).text(" ").number(item.data().length);
    text(" F").number(Integer.toUnsignedLong(item.flags()));
    text(" T").number(Exptime.of(item.keepUntil(), now));
    condition(command).end(opaque);
    out.put(item.data());
    endLine();
  }

  private RequestEncoder condition(Command command) {
    if (command instanceof Command.Add) {
      text(" ME");
    } else if (command instanceof Command.Replace) {
      text(" MR");
    } else if (command instanceof Command.CompareAndSet set) {
      text(" C").number(set.cas());
    } else if (command instanceof Command.CompareAndDelete delete) {
      text(" C").number(delete.cas());
    }
    return this;
  }

  private void end(long opaque) {
    text(" O").text(Long.toHexString(opaque));
    endLine();
  }

  private void endLine() {
    out.put((byte) '\r').put((byte) '\n');
  }

  private RequestEncoder number(long unsigned) {
    return text(Long.toUnsignedString(unsigned));
  }

  private RequestEncoder text(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      out.put((byte) ascii.charAt(i));
    }
    return this;
  }
}
