package org.jcachememcached.internal.store.memcached.protocol;

import java.nio.ByteBuffer;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Item;

/**
 * Writes the commands of a batch that have no reply yet into one buffer, as meta commands. Not
 * thread-safe.
 */
public final class RequestEncoder {

  /** Everything of a command but its key and value: words, numbers of up to 64 bits, line ends. */
  private static final int OVERHEAD = 96;

  private static final byte[] HEXADECIMAL_DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private static final byte[] NOTHING_MORE = {'m', 'n', '\r', '\n'};

  private final Batch batch;
  private final ByteBuffer out;
  private final long now;

  private RequestEncoder(Batch batch, int capacity, long now) {
    this.batch = batch;
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
    RequestEncoder encoder = new RequestEncoder(batch, capacity, now);
    encoder.writeAll();
    return encoder.out.flip();
  }

  /** The number of bytes that a command takes on the wire, or an upper bound of it. */
  public static int greatestLength(Command command) {
    Item item = command.item();
    return OVERHEAD + command.key().length() + (item == null ? 0 : item.data().length);
  }

  private void writeAll() {
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
    if (command instanceof Command.Append append) {
      writeAppend(append, opaque);
    } else if (command instanceof Command.Count count) {
      writeCount(count, opaque);
    } else if (item != null) {
      writeStore(command, item, opaque);
    } else if (command instanceof Command.Get get) {
      writeGet(get, opaque, quiet);
    } else {
      text("md ").text(command.key()).condition(command).end(opaque);
    }
  }

  private void writeGet(Command.Get get, long opaque, boolean quiet) {
    text("mg ").text(get.key()).text(quiet ? " f c t v q" : " f c t v");
    if (get.touches()) {
      // After the t, so that the server answers with the time that was left before.
      text(" T").number(Exptime.of(get.keepUntil(), now));
    }
    end(opaque);
  }

  private void writeStore(Command command, Item item, long opaque) {
    text("ms ").text(command.key()).text(" ").number(item.data().length);
    text(" F").number(Integer.toUnsignedLong(item.flags()));
    text(" T").number(Exptime.of(item.keepUntil(), now));
    condition(command).end(opaque);
    out.put(item.data());
    endLine();
  }

  private void writeAppend(Command.Append append, long opaque) {
    byte[] data = append.part().data();
    text("ms ").text(append.key()).text(" ").number(data.length);
    text(append.side() == Side.BACK ? " MA" : " MP").end(opaque);
    out.put(data);
    endLine();
  }

  private void writeCount(Command.Count count, long opaque) {
    text("ma ").text(count.key());
    Initial initial = count.initial();
    if (initial != null) {
      text(" N").number(Exptime.of(initial.keepUntil(), now));
      text(" J").number(initial.number());
    }
    text(count.direction() == Direction.UP ? " D" : " MD D").number(count.delta());
    text(" v").end(opaque);
  }

  private RequestEncoder condition(Command command) {
    if (command instanceof Command.Claim claim) {
      text(claim.cas() == Command.NO_CAS ? " c ME" : " c C");
      return claim.cas() == Command.NO_CAS ? this : number(batch.casToSend(claim));
    }
    if (command instanceof Command.Add) {
      text(" ME");
    } else if (command instanceof Command.Replace) {
      text(" MR");
    } else if (command instanceof Command.Conditional conditional) {
      text(" C").number(batch.casToSend(conditional));
    }
    return this;
  }

  private void end(long opaque) {
    text(" O").hexadecimal(opaque);
    endLine();
  }

  private void endLine() {
    out.put((byte) '\r').put((byte) '\n');
  }

  private void hexadecimal(long number) {
    int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 3) / 4);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.put(HEXADECIMAL_DIGITS[(int) (number >>> shift) & 0xF]);
    }
  }

  private RequestEncoder number(long unsigned) {
    if (unsigned < 0 || unsigned > Integer.MAX_VALUE) {
      return text(Long.toUnsignedString(unsigned));
    }
    int power = 1;
    while (unsigned / power >= 10) {
      power *= 10;
    }
    for (int rest = (int) unsigned; power > 0; power /= 10) {
      out.put((byte) ('0' + rest / power));
      rest %= power;
    }
    return this;
  }

  @SuppressWarnings("deprecation") // The characters are ASCII; this copies them without a decoder.
  private RequestEncoder text(String ascii) {
    int position = out.position();
    ascii.getBytes(0, ascii.length(), out.array(), out.arrayOffset() + position);
    out.position(position + ascii.length());
    return this;
  }
}
