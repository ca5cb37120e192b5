package org.jcachememcached.api;

/** How values are compressed. Value of the setting {@code compression.type}. */
public enum CompressionType {
  /** Values are not compressed. The default. */
  NONE,
  /** DEFLATE in the gzip format; slow to write, needs no library. */
  GZIP,
  /** DEFLATE in the zlib format, which clients in other languages support; needs no library. */
  ZLIB,
  /** Zstandard; needs {@code com.github.luben:zstd-jni}. */
  ZSTD,
  /** LZ4; needs {@code at.yawk.lz4:lz4-java}. */
  LZ4
}
