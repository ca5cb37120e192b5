package org.jcachememcached.internal.codec.compression;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Frames of Zstandard (RFC 8878), with their checksum. Stateless. */
final class ZstdStreams implements CompressedStreams {

  /** 8 MiB, which the RFC recommends every reader to support and writers not to exceed. */
  private static final int MAX_WINDOW_LOG = 23;

  @Override
  public OutputStream compress(OutputStream compressed) throws IOException {
    return new ZstdOutputStreamNoFinalizer(compressed).setChecksum(true);
  }

  @Override
  public InputStream decompress(InputStream compressed) throws IOException {
    return new ZstdInputStreamNoFinalizer(compressed).setLongMax(MAX_WINDOW_LOG);
  }
}
