package org.jcachememcached.internal.store.memcached.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/** The pages of a scan, out of the spool that a crawl fills. Not thread-safe. */
final class SpooledScan implements KeyScan {

  private final KeySpool spool;
  private final Crawl crawl;
  private @Nullable ByteBuffer block = ByteBuffer.allocate(0);

  SpooledScan(KeySpool spool, Crawl crawl) {
    this.spool = spool;
    this.crawl = crawl;
  }

  @Override
  public List<String> nextPage(int limit) {
    List<String> page = new ArrayList<>();
    for (ByteBuffer keys = keys(); keys != null && page.size() < limit; keys = keys()) {
      page.add(nextKey(keys));
    }
    return page;
  }

  private @Nullable ByteBuffer keys() {
    if (block != null && !block.hasRemaining()) {
      block = take();
    }
    return block;
  }

  private @Nullable ByteBuffer take() {
    try {
      return spool.take();
    } catch (IOException e) {
      throw StoreException.withoutEffect(
          Reason.REJECTED, "the keys of a scan cannot be kept: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.withoutEffect(Reason.REJECTED, "interrupted during a scan", e);
    }
  }

  private static String nextKey(ByteBuffer keys) {
    byte[] key = new byte[keys.get() & 0xFF];
    keys.get(key);
    return new String(key, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    block = null;
    crawl.close();
  }
}
