package org.jcachememcached.internal.codec.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jcachememcached.internal.codec.value.PayloadType;

/** The flags that the clients of a language set when they write; reading does not depend on it. */
enum Dialect {
  /** No flags, which every client accepts; compressed items cannot be marked. */
  PLAIN {
    @Override
    int flags(PayloadType payloadType) {
      return 0;
    }

    @Override
    int compressedFlags(int flags) {
      throw new UnsupportedOperationException("The format PLAIN is never compressed");
    }
  },

  /** pymemcache, pylibmc and python-memcached. */
  PYTHON {
    @Override
    int flags(PayloadType payloadType) {
      if (payloadType.isNumber()) {
        return Flags.PYTHON_INT;
      }
      return payloadType == PayloadType.BYTES ? 0 : Flags.PYTHON_TEXT;
    }

    @Override
    int compressedFlags(int flags) {
      return flags | Flags.PYTHON_ZLIB;
    }
  },

  /** PHP's extension memcached. */
  PHP {
    @Override
    int flags(PayloadType payloadType) {
      if (payloadType.isNumber()) {
        return Flags.PHP_LONG;
      }
      return payloadType == PayloadType.JSON ? Flags.PHP_JSON : 0;
    }

    @Override
    int compressedFlags(int flags) {
      return flags | Flags.PHP_COMPRESSED | Flags.PHP_ZLIB;
    }

    /** The length comes first, in four bytes. */
    @Override
    byte[] compress(byte[] data) {
      byte[] deflated = super.compress(data);
      return ByteBuffer.allocate(Integer.BYTES + deflated.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(data.length)
          .put(deflated)
          .array();
    }
  };

  /** The flags of an item that is not compressed. */
  abstract int flags(PayloadType payloadType);

  /** The flags of the same item when it is compressed. */
  abstract int compressedFlags(int flags);

  /** The data of the same item when it is compressed. */
  byte[] compress(byte[] data) {
    return Zlib.deflate(data);
  }
}
