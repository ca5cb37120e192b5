package org.jcachememcached.internal.codec.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tag of an entry, and the version that the tag had when the entry was stored: the entry is
 * present as long as that is the tag's version. Immutable.
 *
 * <p>Stored in an {@link Envelope}: 1 byte, the number of tags; then for each tag 1 byte, the
 * length of its name, the name in ASCII, and 8 bytes, the version.
 *
 * @param name the encoded name: at most 255 characters of ASCII; may be empty
 * @param version random bits
 */
public record TagVersion(String name, long version) {

  private static final int COUNT_MARK = 0x80;
  private static final int COUNT_MASK = 0x7F;
  private static final int LENGTH_MASK = 0xFF;

  /** The size of the tags in bytes; 0 if there are none. */
  static int size(List<TagVersion> tags) {
    int size = tags.isEmpty() ? 0 : 1;
    for (TagVersion tag : tags) {
      size += 1 + tag.name.length() + Long.BYTES;
    }
    return size;
  }

  /** Writes the tags; nothing if there are none. */
  static void write(List<TagVersion> tags, ByteBuffer out) {
    if (!tags.isEmpty()) {
      out.put((byte) (COUNT_MARK | tags.size()));
    }
    for (TagVersion tag : tags) {
      out.put((byte) tag.name.length());
      out.put(tag.name.getBytes(StandardCharsets.US_ASCII));
      out.putLong(tag.version);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws java.nio.BufferUnderflowException if it is cut short
   */
  static List<TagVersion> read(ByteBuffer in) {
    int count = in.get() & COUNT_MASK;
    List<TagVersion> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[in.get() & LENGTH_MASK];
      in.get(name);
      tags.add(new TagVersion(new String(name, StandardCharsets.US_ASCII), in.getLong()));
    }
    return List.copyOf(tags);
  }
}
