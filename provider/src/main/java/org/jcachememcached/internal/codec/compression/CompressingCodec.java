package org.jcachememcached.internal.codec.compression;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A codec around another one that compresses what the other has written, if that makes it shorter,
 * and decompresses what is read, whatever the algorithm. Thread-safe.
 *
 * <p>Compressed bytes are the id of the algorithm (1 byte), the length without compression (4
 * bytes, big-endian) and the stream of the algorithm.
 */
public final class CompressingCodec implements ValueCodec {

  private static final int HEAD = 1 + Integer.BYTES;

  private final ValueCodec codec;
  private final @Nullable Algorithm algorithm;
  private final long threshold;
  private final int maxBytes;

  private CompressingCodec(
      ValueCodec codec, @Nullable Algorithm algorithm, long threshold, int maxBytes) {
    this.codec = codec;
    this.algorithm = algorithm;
    this.threshold = threshold;
    this.maxBytes = maxBytes;
  }

  /**
   * The codec of a cache. With {@code compression.type} none, it does not compress, but still
   * decompresses.
   *
   * @throws IllegalArgumentException if the algorithm needs a library that is missing
   */
  public static CompressingCodec of(Settings settings, ValueCodec codec) {
    Algorithm algorithm = Algorithm.of(settings.get(CacheSettings.COMPRESSION_TYPE));
    if (algorithm != null) {
      requireLibrary(algorithm);
    }
    return new CompressingCodec(
        codec,
        algorithm,
        settings.get(CacheSettings.COMPRESSION_THRESHOLD),
        settings.get(CacheSettings.DESERIALIZATION_MAX_BYTES));
  }

  private static void requireLibrary(Algorithm algorithm) {
    try {
      // The library may lack the native code for this machine.
      algorithm.streams().compress(OutputStream.nullOutputStream()).close();
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "The setting %s is %s: %s"
              .formatted(CacheSettings.COMPRESSION_TYPE.name(), algorithm, algorithm.explain(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public EncodedValue encode(Object value) {
    EncodedValue plain = codec.encode(value);
    if (algorithm == null || plain.bytes().length < threshold) {
      return plain;
    }
    byte[] compressed = deflate(algorithm, plain.bytes());
    return compressed.length < plain.bytes().length
        ? new EncodedValue(plain.codec() | EncodedValue.COMPRESSED, compressed)
        : plain;
  }

  private static byte[] deflate(Algorithm algorithm, byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(HEAD + bytes.length / 2);
    compressed.writeBytes(
        ByteBuffer.allocate(HEAD).put((byte) algorithm.id()).putInt(bytes.length).array());
    try (OutputStream out = algorithm.streams().compress(compressed)) {
      out.write(bytes);
    } catch (LinkageError e) {
      throw new CodecException("The value cannot be compressed: " + algorithm.explain(e), e);
    } catch (IOException e) {
      throw new CodecException(bytes.length + " bytes cannot be compressed with " + algorithm, e);
    }
    return compressed.toByteArray();
  }

  @Override
  public Object decode(int form, byte[] data, int offset, int length) {
    if ((form & EncodedValue.COMPRESSED) == 0) {
      return codec.decode(form, data, offset, length);
    }
    byte[] plain = inflate(data, offset, length);
    return codec.decode(form & ~EncodedValue.COMPRESSED, plain, 0, plain.length);
  }

  private byte[] inflate(byte[] data, int offset, int length) {
    if (length < HEAD) {
      throw new CodecException("The compressed value is cut short at " + length + " bytes", null);
    }
    ByteBuffer in = ByteBuffer.wrap(data, offset, length);
    Algorithm writtenWith = algorithmOf(Byte.toUnsignedInt(in.get()));
    int announced = in.getInt();
    refuseExcessive(announced);
    InputStream compressed = new ByteArrayInputStream(data, offset + HEAD, length - HEAD);
    try (InputStream plain = writtenWith.streams().decompress(compressed)) {
      return readExactly(announced, plain);
    } catch (LinkageError e) {
      throw new CodecException("The value is compressed: " + writtenWith.explain(e), e);
    } catch (IOException | RuntimeException e) {
      throw new CodecException(
          "These " + length + " bytes are no value compressed with " + writtenWith + ": " + e, e);
    }
  }

  private static Algorithm algorithmOf(int id) {
    Algorithm algorithm = Algorithm.withId(id);
    if (algorithm == null) {
      throw new CodecException(
          "The value is compressed with algorithm " + id + ", which this release does not know",
          null);
    }
    return algorithm;
  }

  private void refuseExcessive(int announced) {
    if (announced < 0 || announced > maxBytes) {
      throw new CodecException(
          "The value is %d bytes without compression, more than %d, the limit that the setting %s sets"
              .formatted(
                  Integer.toUnsignedLong(announced),
                  maxBytes,
                  CacheSettings.DESERIALIZATION_MAX_BYTES.name()),
          null);
    }
  }

  /** Allocates memory as the bytes arrive: the announced length may be wrong. */
  private static byte[] readExactly(int announced, InputStream plain) throws IOException {
    byte[] bytes = plain.readNBytes(announced);
    // The checksum is at the end of the stream, so read to the end.
    if (bytes.length < announced || plain.read() != -1) {
      throw new IOException(
          (bytes.length < announced ? "fewer" : "more") + " than the " + announced + " announced");
    }
    return bytes;
  }
}
