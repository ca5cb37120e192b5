package org.jcachememcached.api;

/** What values are compressed with. */
public enum CompressionType {
  NONE,
  /** DEFLATE in the format of gzip; slow to write, needs no library. */
  GZIP,
  /** DEFLATE in the format of zlib; the one that clients in other languages know. */
  ZLIB,
  /** Needs {@code com.github.luben:zstd-jni}. */
  ZSTD,
  /** Needs {@code at.yawk.lz4:lz4-java}. */
  LZ4
}
