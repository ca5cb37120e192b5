package org.jcachememcached.internal.codec.compression;

import java.util.Locale;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of compression. The ids are stored with the values: each keeps its meaning for
 * ever. Immutable.
 */
enum Algorithm {
  GZIP(1, null),
  ZLIB(2, null),
  ZSTD(3, OptionalLibrary.ZSTD),
  LZ4(4, OptionalLibrary.LZ4);

  private final int id;
  private final @Nullable OptionalLibrary library;

  Algorithm(int id, @Nullable OptionalLibrary library) {
    this.id = id;
    this.library = library;
  }

  /** The algorithm of a cache, or null if it does not compress. */
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
   * Its streams. The library is loaded when this is called.
   *
   * @throws LinkageError if the library is missing or does not link
   */
  CompressedStreams streams() {
    return switch (this) {
      case GZIP -> new GzipStreams();
      case ZLIB -> new ZlibStreams();
      case ZSTD -> new ZstdStreams();
      case LZ4 -> new Lz4Streams();
    };
  }

  /** The reason why {@link #streams}, or one of them, failed with that error. */
  String explain(LinkageError failure) {
    return library == null
        ? failure.toString()
        : "%s needs the library %s, which %s".formatted(this, library, library.fault(failure));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
