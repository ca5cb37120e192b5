package org.jcachememcached.internal.codec.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** DEFLATE in the format of gzip (RFC 1952), with a CRC-32. Stateless. */
final class GzipStreams implements CompressedStreams {

  @Override
  public OutputStream compress(OutputStream compressed) throws IOException {
    return new GZIPOutputStream(compressed);
  }

  @Override
  public InputStream decompress(InputStream compressed) throws IOException {
    return new GZIPInputStream(compressed);
  }
}
