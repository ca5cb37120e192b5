package org.jcachememcached.internal.codec.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One algorithm, as streams. Each writes a checksum of what it compresses and compares it when it
 * reads, so that damaged bytes do not become another value. Implementations are stateless.
 */
interface CompressedStreams {

  /** What is written to the stream that is returned arrives compressed at the other. */
  OutputStream compress(OutputStream compressed) throws IOException;

  /** What the compressed bytes stand for. */
  InputStream decompress(InputStream compressed) throws IOException;
}
