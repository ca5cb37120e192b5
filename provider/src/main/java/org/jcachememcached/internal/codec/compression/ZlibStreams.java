package org.jcachememcached.internal.codec.compression;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** DEFLATE in the format of zlib (RFC 1950), with an Adler-32. Stateless. */
final class ZlibStreams implements CompressedStreams {

  @Override
  public OutputStream compress(OutputStream compressed) {
    return new DeflaterOutputStream(compressed);
  }

  @Override
  public InputStream decompress(InputStream compressed) {
    return new InflaterInputStream(compressed);
  }
}
