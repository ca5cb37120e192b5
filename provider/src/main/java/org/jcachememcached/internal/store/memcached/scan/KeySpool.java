package org.jcachememcached.internal.store.memcached.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.IdleTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Keys between the crawl that finds them and the scan that takes them, in blocks: some MiB of them
 * in memory, the rest in a temporary file. The crawl never waits for the scan, and the scan waits
 * only as long as the crawl goes on. Thread-safe; one thread adds and one takes.
 */
final class KeySpool implements AutoCloseable {

  private static final int BLOCK_SIZE = 256 * 1024;
  private static final int BLOCKS_IN_MEMORY = 16;

  /** A key's length takes one byte. */
  private static final int MAX_KEY_LENGTH = 255;

  private final IdleTimeout idleTimeout;
  private final Deque<ByteBuffer> inMemory = new ArrayDeque<>();
  private final Deque<Integer> lengthsInFile = new ArrayDeque<>();
  private ByteBuffer filling = ByteBuffer.allocate(BLOCK_SIZE);
  private @Nullable FileChannel file;
  private long writePosition;
  private long readPosition;
  private boolean ended;
  private boolean closed;
  private @Nullable RuntimeException failure;

  /**
   * @param idleTimeout how long to wait for a crawl that makes no progress
   */
  KeySpool(Duration idleTimeout) {
    this.idleTimeout = new IdleTimeout(idleTimeout);
  }

  /** The crawl makes progress, even if it finds nothing. */
  void progress() {
    idleTimeout.renew();
  }

  /** Adds a key of at most {@value #MAX_KEY_LENGTH} bytes. */
  synchronized void add(byte[] key, int length) throws IOException {
    if (closed) {
      throw new IOException("the scan is closed");
    }
    if (filling.remaining() < 1 + MAX_KEY_LENGTH) {
      putAside(filling.flip());
      filling = ByteBuffer.allocate(BLOCK_SIZE);
    }
    filling.put((byte) length).put(key, 0, length);
  }

  private void putAside(ByteBuffer block) throws IOException {
    if (inMemory.size() < BLOCKS_IN_MEMORY) {
      inMemory.add(block);
      notifyAll();
      return;
    }
    lengthsInFile.add(block.remaining());
    FileChannel channel = openFile();
    while (block.hasRemaining()) {
      writePosition += channel.write(block, writePosition);
    }
  }

  private FileChannel openFile() throws IOException {
    if (file == null) {
      Path path = Files.createTempFile("jcache-memcached-scan", ".keys");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return file;
  }

  /** There are no more keys, or the search for them has failed. */
  synchronized void end(@Nullable RuntimeException because) {
    ended = true;
    failure = because;
    notifyAll();
  }

  /** The next block of keys, each behind its length; waits for it; null when there are no more. */
  synchronized @Nullable ByteBuffer take() throws IOException, InterruptedException {
    awaitBlock();
    if (closed) {
      // To return the end of the keys would be wrong.
      throw new IOException("the store is closed");
    }
    if (failure != null) {
      throw failure;
    }
    ByteBuffer block = inMemory.poll();
    if (block == null) {
      block = lengthsInFile.isEmpty() ? takeRest() : readBlock(lengthsInFile.remove());
    }
    return block;
  }

  private void awaitBlock() throws InterruptedException {
    while (!closed && inMemory.isEmpty() && lengthsInFile.isEmpty() && !ended) {
      long left = idleTimeout.nanosLeft();
      if (left <= 0) {
        String message =
            "the search for keys has made no progress for "
                + idleTimeout.limit().toMillis()
                + " ms";
        throw StoreException.withoutEffect(Reason.TIMEOUT, message, null);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private @Nullable ByteBuffer takeRest() {
    ByteBuffer rest = filling.flip();
    filling = ByteBuffer.allocate(0);
    return rest.hasRemaining() ? rest : null;
  }

  private ByteBuffer readBlock(int length) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(length);
    FileChannel channel = openFile();
    while (block.hasRemaining()) {
      int read = channel.read(block, readPosition);
      if (read < 0) {
        throw new IOException("the temporary file of a scan was cut off");
      }
      readPosition += read;
    }
    return block.flip();
  }

  @Override
  public synchronized void close() {
    closed = true;
    inMemory.clear();
    lengthsInFile.clear();
    filling = ByteBuffer.allocate(0);
    closeFile();
    notifyAll();
  }

  private void closeFile() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the temporary file of a scan cannot be closed", e);
    }
  }
}
