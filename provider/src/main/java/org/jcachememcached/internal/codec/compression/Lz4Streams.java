package org.jcachememcached.internal.codec.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/** Frames of LZ4, which unlike its bare blocks have a checksum. Stateless. */
final class Lz4Streams implements CompressedStreams {

  @Override
  public OutputStream compress(OutputStream compressed) throws IOException {
    return new LZ4FrameOutputStream(
        compressed, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM);
  }

  @Override
  public InputStream decompress(InputStream compressed) throws IOException {
    return new LZ4FrameInputStream(compressed, true);
  }
}
