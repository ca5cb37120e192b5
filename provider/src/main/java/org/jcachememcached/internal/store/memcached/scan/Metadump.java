package org.jcachememcached.internal.store.memcached.scan;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.FailureText;

/**
 * {@code lru_crawler metadump hash}: lists what is on a server. Confined to one thread, but {@link
 * #close} may be called from any.
 *
 * <p>A server that works may keep a dump waiting: with writers that never pause on a machine
 * without a free processor, one was seen to be silent for ten seconds. So while it is silent, it is
 * sent another request on another connection: a server that hangs does not answer that either.
 */
final class Metadump implements AutoCloseable {

  /** Receives a key, in the first bytes of the array. */
  interface KeyConsumer {
    void accept(byte[] key, int length) throws IOException;
  }

  private static final byte[] REQUEST =
      "lru_crawler metadump hash\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final String KEY_FIELD = "key=";
  private static final int LONGEST_PAUSE_MILLIS = 100;

  /** How often a silent server is sent another request at most. */
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(50);

  private final ScanTarget server;
  private final Runnable progress;
  private final LineConnection connection;
  private final Duration silence;
  private Duration silent = Duration.ZERO;

  /**
   * @param progress is run for every line that the server has sent
   */
  Metadump(ScanTarget server, Runnable progress) throws IOException {
    this.server = server;
    this.progress = progress;
    this.connection = new LineConnection(server);
    Duration half = server.timeout().dividedBy(2);
    this.silence = half.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : half;
  }

  /** Passes every key that starts with the prefix to the consumer. */
  void forEachKey(String prefix, KeyConsumer consumer) throws IOException {
    byte[] prefixBytes = prefix.getBytes(StandardCharsets.ISO_8859_1);
    open();
    long giveUp = System.nanoTime() + server.scanTimeout().toNanos();
    request();
    while (!connection.lineIs("END")) {
      if (connection.lineStartsWith("BUSY")) {
        pause(giveUp);
        request();
      } else {
        if (connection.lineStartsWith(KEY_FIELD)) {
          takeKey(prefixBytes, consumer);
        } else if (!connection.lineIs("OK")) {
          throw refused();
        }
        readLine();
      }
    }
  }

  private void open() throws IOException {
    try {
      connection.open();
    } catch (SocketTimeoutException e) {
      throw hangs(e);
    }
    connection.judgeSilenceEvery(silence);
  }

  /**
   * Nothing may follow before the answer: memcached refuses a dump with other requests behind it.
   */
  private void request() throws IOException {
    connection.send(REQUEST);
    readLine();
  }

  private void readLine() throws IOException {
    connection.readLine(this::judgeSilence);
    silent = Duration.ZERO;
    progress.run();
  }

  private void judgeSilence(SocketTimeoutException e) throws IOException {
    silent = silent.plus(silence);
    if (silent.compareTo(server.scanTimeout()) >= 0) {
      String message =
          "memcached at %s sent nothing of the list of its keys for %d ms (setting 'scan.timeout')"
              .formatted(server.server(), silent.toMillis());
      throw StoreException.withoutEffect(Reason.TIMEOUT, message, e);
    }
    requireAnswer();
  }

  private void requireAnswer() throws IOException {
    try (LineConnection question = new LineConnection(server)) {
      question.open();
    } catch (SocketTimeoutException e) {
      throw hangs(e);
    } catch (EOFException refused) {
      // It has no room for another connection, but it does not hang.
    }
  }

  private StoreException hangs(SocketTimeoutException e) {
    return StoreException.withoutEffect(
        Reason.TIMEOUT, FailureText.noAnswer(server.server(), server.timeout()), e);
  }

  /** A server lists its keys for one client at a time. */
  private void pause(long giveUp) throws IOException {
    if (System.nanoTime() - giveUp > 0) {
      String message =
          "memcached at %s is busy with other scans for %d ms (setting 'scan.timeout')"
              .formatted(server.server(), server.scanTimeout().toMillis());
      throw StoreException.withoutEffect(Reason.REJECTED, message, null);
    }
    try {
      Thread.sleep(1 + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void takeKey(byte[] prefix, KeyConsumer consumer) throws IOException {
    byte[] line = connection.bytes();
    int length = decodeKey(line, connection.length());
    if (length > Command.MAX_KEY_LENGTH) {
      throw refused();
    }
    if (length >= prefix.length
        && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length)) {
      consumer.accept(line, length);
    }
  }

  /** Decodes the key, in the line itself and to its beginning; it only becomes shorter. */
  private static int decodeKey(byte[] line, int lineLength) throws IOException {
    int length = 0;
    int i = KEY_FIELD.length();
    while (i < lineLength && line[i] != ' ') {
      if (line[i] == '%' && i + 2 < lineLength) {
        line[length++] = (byte) (hexDigit(line[i + 1]) << 4 | hexDigit(line[i + 2]));
        i += 3;
      } else {
        line[length++] = line[i++];
      }
    }
    return length;
  }

  private static int hexDigit(byte b) throws IOException {
    int digit = Character.digit(b, 16);
    if (digit < 0) {
      throw new IOException("memcached's list of keys is not URL-encoded");
    }
    return digit;
  }

  private StoreException refused() {
    String answer = connection.line();
    String why = "answered '" + answer + "' to a scan";
    if (answer.contains("disabled")) {
      why = "was started with '-o no_lru_crawler', so that its keys cannot be listed";
    } else if (answer.contains("not allowed")) {
      why = "was started with the option -X, so that its keys cannot be listed";
    }
    String message = "memcached at " + server.server() + " " + why;
    return StoreException.withoutEffect(Reason.PROTOCOL, message, null);
  }

  @Override
  public void close() {
    connection.close();
  }
}
