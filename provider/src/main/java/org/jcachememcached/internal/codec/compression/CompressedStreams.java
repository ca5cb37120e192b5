package org.jcachememcached.internal.codec.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One algorithm, as streams. Each writes a checksum and verifies it when it reads, so that damaged
 * bytes do not become another value. Implementations are stateless.
 */
interface CompressedStreams {

  /** Compresses what is written to the returned stream. */
  OutputStream compress(OutputStream compressed) throws IOException;

  /** Decompresses what is read from the returned stream. */
  InputStream decompress(InputStream compressed) throws IOException;
}
