package org.jcachememcached.internal.codec.interop;

import org.jcachememcached.internal.codec.envelope.Envelope;

/**
 * The flags of other clients. Those of Python are bits; those of PHP are a number from 0 to 7 and,
 * for compressed items, bits above it. The same number may have two meanings, which only the data
 * distinguishes. Stateless.
 */
final class Flags {

  static final int PYTHON_PICKLE = 1;
  static final int PYTHON_INT = 2;
  static final int PYTHON_LONG = 4;
  static final int PYTHON_ZLIB = 8;
  static final int PYTHON_TEXT = 16;
  static final int PYTHON_MASK = 0x1F;

  static final int PHP_LONG = 1;
  static final int PHP_JSON = 6;
  static final int PHP_TYPE_MASK = 0x0F;
  static final int PHP_COMPRESSED = 16;
  static final int PHP_ZLIB = 32;
  static final int PHP_FASTLZ = 64;
  static final int PHP_ZSTD = 128;
  static final int PHP_COMPRESSION_MASK = PHP_ZLIB | PHP_FASTLZ | PHP_ZSTD;

  private static final int KNOWN = 0xFF;

  private Flags() {}

  /** The flags that describe the decompressed data. */
  static int typeOf(int flags) {
    return isCompressedByPhp(flags) ? flags & PHP_TYPE_MASK : flags & ~PYTHON_ZLIB;
  }

  static boolean isCompressedByPhp(int flags) {
    return (flags & PHP_COMPRESSION_MASK) != 0;
  }

  static boolean isCompressedByPython(int flags) {
    return (flags & ~PYTHON_MASK) == 0 && (flags & PYTHON_ZLIB) != 0;
  }

  /** A description, for a message, of an item that has these flags and cannot be read. */
  static String describe(int flags) {
    if (Envelope.isEnvelope(flags)) {
      return "an envelope of this provider";
    }
    boolean unmarked = isCompressedByPhp(flags) && (flags & PHP_COMPRESSED) == 0;
    if ((flags & ~KNOWN) != 0 || unmarked) {
      return "what no known client writes";
    }
    if ((flags & PHP_FASTLZ) != 0) {
      return "compressed by PHP with fastlz, instead of zlib";
    }
    if ((flags & PHP_ZSTD) != 0) {
      return "compressed by PHP with zstd, instead of zlib";
    }
    return describeType(typeOf(flags));
  }

  private static String describeType(int type) {
    return switch (type) {
      case 0, PYTHON_TEXT -> "text or bytes";
      case PYTHON_PICKLE -> "pickled by Python, or a number of PHP";
      case PYTHON_INT -> "a number of Python, or one of PHP with a fraction";
      case 3 -> "a boolean of PHP";
      case PYTHON_LONG -> "serialized by PHP, or a number of Python";
      case 5 -> "serialized by PHP with igbinary";
      case PHP_JSON -> "JSON of PHP";
      case 7 -> "serialized by PHP with msgpack";
      default -> "what no known client writes";
    };
  }
}
