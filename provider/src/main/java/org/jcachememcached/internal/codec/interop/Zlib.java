package org.jcachememcached.internal.codec.interop;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jcachememcached.api.CodecException;

/** DEFLATE in the format of zlib. Stateless. */
final class Zlib {

  private static final int CHUNK = 8192;

  private Zlib() {}

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Decompresses. Allocates no more memory than the limit and a chunk.
   *
   * @param maxBytes the largest allowed length of the result
   * @throws CodecException if these are not the bytes of one whole stream, or it is longer
   */
  static byte[] inflate(byte[] data, int offset, int maxBytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data, offset, data.length - offset);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 && !inflater.finished()) {
          throw new CodecException("The compressed bytes of the item are cut short", null);
        }
        requireAtMost(maxBytes, (long) out.size() + length);
        out.write(chunk, 0, length);
      }
      if (inflater.getRemaining() > 0) {
        throw new CodecException("The compressed bytes of the item are followed by others", null);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new CodecException("The bytes of the item are not what zlib has compressed", e);
    } finally {
      inflater.end();
    }
  }

  /**
   * @throws CodecException if it is more
   */
  static void requireAtMost(int maxBytes, long length) {
    if (length > maxBytes) {
      throw new CodecException(
          "The item has over %d bytes when it is decompressed (setting 'deserialization.max.bytes')"
              .formatted(maxBytes),
          null);
    }
  }
}
