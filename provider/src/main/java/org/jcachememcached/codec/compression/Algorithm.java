package org.jcachememcached.codec.compression;

import java.util.Locale;
import org.jcachememcached.config.CompressionType;
import org.jspecify.annotations.Nullable;

/**
 * What values can be compressed with. The ids are in the bytes that are stored: each keeps its
 * meaning for ever. Immutable.
 */
enum Algorithm {
  GZIP(1, "java.base"),
  ZLIB(2, "java.base"),
  ZSTD(3, "com.github.luben:zstd-jni"),
  LZ4(4, "at.yawk.lz4:lz4-java");

  private final int id;
  private final String library;

  Algorithm(int id, String library) {
    this.id = id;
    this.library = library;
  }

  /** What a cache is set to, or null if it does not compress. */
  static @Nullable Algorithm of(CompressionType type) {
    return switch (type) {
      case NONE -> null;
      case GZIP -> GZIP;
      case ZLIB -> ZLIB;
      case ZSTD -> ZSTD;
      case LZ4 -> LZ4;
    };
  }

  /** The algorithm of that id, or null if this release knows none. */
  static @Nullable Algorithm withId(int id) {
    for (Algorithm algorithm : values()) {
      if (algorithm.id == id) {
        return algorithm;
      }
    }
    return null;
  }

  int id() {
    return id;
  }

  /**
   * Its streams, of whose library nothing is loaded before.
   *
   * @throws LinkageError if there is no such library
   */
  CompressedStreams streams() {
    return switch (this) {
      case GZIP -> new GzipStreams();
      case ZLIB -> new ZlibStreams();
      case ZSTD -> new ZstdStreams();
      case LZ4 -> new Lz4Streams();
    };
  }

  /** What to say when {@link #streams} or what they do ends in a {@link LinkageError}. */
  String missingLibrary() {
    return this + " needs the library " + library + ", which is not on the class path";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
