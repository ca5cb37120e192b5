package org.jcachememcached.internal.codec.envelope;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is stored: memcached's 32 client flags, which describe the data, and the data.
 * Immutable as long as its arrays are not written to.
 *
 * <p>The flags, from the highest bit to the lowest:
 *
 * <pre>
 *   31..16  magic, 0x4A43: the item is ours; other clients use 0 and small numbers
 *   15..12  version of this format: 2 if the entry has tags, else 1
 *       11  has a write id
 *       10  has a key
 *        9  has a deadline
 *        8  the payload is compressed
 *    7..0  codec: the id of the form that the payload has, see {@link ValueCodec}
 * </pre>
 *
 * <p>The data, of which the parts before the payload exist only if the flags say so; numbers are
 * big-endian:
 *
 * <pre>
 *   deadline   8 bytes  milliseconds since the epoch from which on the entry is expired; without
 *                       it, the entry expires when the store drops the item
 *   write id   8 bytes  random: a writer whose reply was lost recognizes its value by it
 *   key        4 bytes  how many bytes follow
 *              n bytes  the canonical form of the key, of which the wire holds only the hash
 *   tags       n bytes  in version 2 only, see {@link TagVersion}
 *   payload    the rest; when compressed:
 *              1 byte   the algorithm: 1 gzip, 2 zlib, 3 zstd, 4 lz4
 *              4 bytes  how many bytes it is without compression
 *              n bytes  the stream of the algorithm
 * </pre>
 *
 * <p>The envelope does not interpret the payload: bit 8 is part of the id that the codec gets (see
 * {@link EncodedValue#COMPRESSED}), so that compressed bytes do not change when the deadline
 * changes or the item is copied.
 *
 * <p>So a String that does not expire, under a readable key, stored unconditionally, is exactly its
 * UTF-8 bytes.
 */
public final class Envelope implements PackedValue {

  /**
   * The deadline of an item that is no entry, such as a tombstone: it is always expired, and its
   * expiry is no event.
   */
  public static final long NO_ENTRY = 0;

  /**
   * How long a store keeps an item that is no live entry, in milliseconds: an expired entry, so
   * that an operation finds it and publishes the event; a tombstone, which must outlast every
   * writer.
   */
  public static final long GRACE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /**
   * How much later than its {@code keepUntil} a store may drop an item, in milliseconds: the clock
   * of a server ticks once a second.
   */
  private static final long STORE_DELAY_MILLIS = 2000;

  /** The write id of a value that was stored without one. */
  public static final long NO_WRITE_ID = 0;

  private static final EncodedValue NOTHING = new EncodedValue(0, new byte[0]);

  private static final int MAGIC = 0x4A43_0000;
  private static final int MAGIC_MASK = 0xFFFF_0000;
  private static final int VERSION = 0x1000;
  private static final int TAGGED_VERSION = 0x2000;
  private static final int VERSION_MASK = 0xF000;
  private static final int VERSION_SHIFT = 12;
  private static final int HAS_WRITE_ID = 0x0800;
  private static final int HAS_KEY = 0x0400;
  private static final int HAS_DEADLINE = 0x0200;
  private static final int FORM_MASK = EncodedValue.COMPRESSED | EncodedValue.MAX_ID;

  private final int flags;
  private final byte[] data;
  private final long deadline;
  private final long writeId;
  private final byte @Nullable [] key;
  private final List<TagVersion> tags;
  private final int payloadOffset;

  private Envelope(
      int flags,
      byte[] data,
      long deadline,
      long writeId,
      byte @Nullable [] key,
      List<TagVersion> tags,
      int payloadOffset) {
    this.flags = flags;
    this.data = data;
    this.deadline = deadline;
    this.writeId = writeId;
    this.key = key;
    this.tags = tags;
    this.payloadOffset = payloadOffset;
  }

  /** Puts a value without tags into an envelope. */
  public static Envelope seal(
      EncodedValue value, long deadline, long writeId, byte @Nullable [] key) {
    return seal(value, deadline, writeId, key, List.of());
  }

  /**
   * Puts a value into an envelope.
   *
   * @param deadline in milliseconds since the epoch, or {@link Item#FOREVER}
   * @param writeId a random number, or {@link #NO_WRITE_ID}
   * @param key the canonical form of the key, if the wire holds only its hash
   * @param tags those of the entry, at most {@value EntryOptions#MAX_TAGS}
   */
  public static Envelope seal(
      EncodedValue value,
      long deadline,
      long writeId,
      byte @Nullable [] key,
      List<TagVersion> tags) {
    if ((value.codec() & ~FORM_MASK) != 0) {
      throw new IllegalArgumentException(
          "The id of a value codec is "
              + value.codec()
              + ", it must be 0 to "
              + EncodedValue.MAX_ID);
    }
    return assemble(value.codec(), deadline, writeId, key, tags, value.bytes(), 0);
  }

  /** An envelope that holds no value and is no entry: its deadline is {@link #NO_ENTRY}. */
  public static Envelope sealNothing(long writeId, byte @Nullable [] key) {
    return seal(NOTHING, NO_ENTRY, writeId, key);
  }

  /**
   * A lease: an envelope that is no entry, so that every release takes it for absent, with the time
   * at which it ends as its payload.
   *
   * @param end in milliseconds since the epoch
   */
  public static Envelope sealLease(long end, long writeId, byte @Nullable [] key) {
    byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(end).array();
    return seal(new EncodedValue(0, payload), NO_ENTRY, writeId, key);
  }

  /**
   * Reads an item, whenever its store drops it.
   *
   * @throws CodecException as {@link #open(int, byte[], long)} does
   */
  public static Envelope open(int flags, byte[] data) {
    return open(flags, data, Item.FOREVER);
  }

  /**
   * Reads what a store returned. The array is kept, the payload is not interpreted.
   *
   * @param keepUntil when the store drops the item, which is the deadline if the item has none
   * @throws CodecException if the item is no envelope, has a version that this release does not
   *     know, or is truncated
   */
  public static Envelope open(int flags, byte[] data, long keepUntil) {
    refuseForeign(flags);
    boolean isTagged = (flags & VERSION_MASK) == TAGGED_VERSION;
    if (!isTagged && (flags & (HAS_DEADLINE | HAS_WRITE_ID | HAS_KEY)) == 0) {
      return new Envelope(flags, data, keepUntil, NO_WRITE_ID, null, List.of(), 0);
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    try {
      long deadline = (flags & HAS_DEADLINE) != 0 ? in.getLong() : keepUntil;
      long writeId = (flags & HAS_WRITE_ID) != 0 ? in.getLong() : NO_WRITE_ID;
      byte[] key = (flags & HAS_KEY) != 0 ? readKey(in) : null;
      List<TagVersion> tags = isTagged ? TagVersion.read(in) : List.of();
      return new Envelope(flags, data, deadline, writeId, key, tags, in.position());
    } catch (BufferUnderflowException e) {
      throw new CodecException("The item is cut short: it has only " + data.length + " bytes", e);
    }
  }

  /** Whether an item with these flags is an envelope, of whatever version. */
  public static boolean isEnvelope(int flags) {
    return (flags & MAGIC_MASK) == MAGIC;
  }

  /**
   * When a store may drop an entry that is to be kept after it has expired.
   *
   * @param deadline in milliseconds since the epoch, or {@link Item#FOREVER}
   * @param keptFor how long it is to be kept, in milliseconds
   */
  public static long keepUntil(long deadline, long keptFor) {
    return deadline < Item.FOREVER - keptFor ? deadline + keptFor : Item.FOREVER;
  }

  private static void refuseForeign(int flags) {
    if (!isEnvelope(flags)) {
      throw new CodecException(
          String.format("The item's flags are 0x%08X: it was written by another client", flags),
          null);
    }
    int version = flags & VERSION_MASK;
    if (version != VERSION && version != TAGGED_VERSION) {
      throw new CodecException(
          "The item's format is version %d, this release knows the versions %d and %d"
              .formatted(
                  version >>> VERSION_SHIFT,
                  VERSION >>> VERSION_SHIFT,
                  TAGGED_VERSION >>> VERSION_SHIFT),
          null);
    }
  }

  private static byte[] readKey(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] key = new byte[length];
    in.get(key);
    return key;
  }

  @Override
  public Envelope withDeadline(long newDeadline) {
    return assemble(codec(), newDeadline, NO_WRITE_ID, key, tags, data, payloadOffset);
  }

  private static Envelope assemble(
      int codec,
      long deadline,
      long writeId,
      byte @Nullable [] key,
      List<TagVersion> tags,
      byte[] source,
      int sourceOffset) {
    int flags = MAGIC | (tags.isEmpty() ? VERSION : TAGGED_VERSION) | codec;
    int head = TagVersion.size(tags);
    if (deadline != Item.FOREVER) {
      flags |= HAS_DEADLINE;
      head += Long.BYTES;
    }
    if (writeId != NO_WRITE_ID) {
      flags |= HAS_WRITE_ID;
      head += Long.BYTES;
    }
    if (key != null) {
      flags |= HAS_KEY;
      head += Integer.BYTES + key.length;
    }
    if (head == 0 && sourceOffset == 0) {
      return new Envelope(flags, source, deadline, writeId, null, tags, 0);
    }
    ByteBuffer data = ByteBuffer.allocate(head + source.length - sourceOffset);
    if (deadline != Item.FOREVER) {
      data.putLong(deadline);
    }
    if (writeId != NO_WRITE_ID) {
      data.putLong(writeId);
    }
    if (key != null) {
      data.putInt(key.length).put(key);
    }
    TagVersion.write(tags, data);
    data.put(source, sourceOffset, source.length - sourceOffset);
    return new Envelope(flags, data.array(), deadline, writeId, key, tags, head);
  }

  @Override
  public int flags() {
    return flags;
  }

  @Override
  public byte[] data() {
    return data;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public long writeId() {
    return writeId;
  }

  @Override
  public byte @Nullable [] key() {
    return key;
  }

  @Override
  public List<TagVersion> tags() {
    return tags;
  }

  @Override
  public boolean endsAtStore() {
    return (flags & HAS_DEADLINE) == 0;
  }

  @Override
  public boolean isExpired(long now) {
    return deadline <= (endsAtStore() ? now - STORE_DELAY_MILLIS : now);
  }

  @Override
  public long leaseEnd() {
    boolean isLease = deadline == NO_ENTRY && payloadLength() == Long.BYTES;
    return isLease ? ByteBuffer.wrap(data, payloadOffset, Long.BYTES).getLong() : 0;
  }

  /** The id of the form that the payload has: the {@link EncodedValue#codec}. */
  public int codec() {
    return flags & FORM_MASK;
  }

  /** Where in the {@link #data} the payload begins. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** The length of the payload in bytes. */
  public int payloadLength() {
    return data.length - payloadOffset;
  }

  @Override
  public Object value(ValueCodec codec) {
    return codec.decode(codec(), data, payloadOffset, payloadLength());
  }
}
