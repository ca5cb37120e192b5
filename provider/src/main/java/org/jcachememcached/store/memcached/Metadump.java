package org.jcachememcached.store.memcached;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * {@code lru_crawler metadump hash} on a blocking connection of its own: lists what is on a server.
 * Confined to one thread, but {@link #close} may be called from any.
 */
final class Metadump implements AutoCloseable {

  /** What is done with a key, the first bytes of the array. */
  interface KeyConsumer {
    void accept(byte[] key, int length) throws IOException;
  }

  private static final byte[] REQUEST =
      "lru_crawler metadump hash\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] QUESTION = "version\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] KEY_FIELD = "key=".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_SIZE = 256 * 1024;

  /**
   * A server that answers may still keep a dump waiting: among writers that never pause on a
   * machine without a free processor, one was seen to be silent for ten seconds.
   */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

  private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE_MILLIS = 100;

  private final ServerNode server;
  private final Duration timeout;
  private final Socket socket = new Socket();

  /** The socket, or what encrypts it. */
  private Socket connection = socket;

  private byte[] line = new byte[1024];
  private int lineLength;

  Metadump(ServerNode server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
  }

  /** Hands over every key that starts with the prefix. */
  void forEachKey(String prefix, KeyConsumer consumer) throws IOException {
    byte[] prefixBytes = prefix.getBytes(StandardCharsets.ISO_8859_1);
    InputStream in = connect();
    requireAnswer(in);
    long giveUp = System.nanoTime() + BUSY_LIMIT.toNanos();
    request();
    readLine(in);
    while (!lineIs("END")) {
      if (lineStartsWith("BUSY")) {
        pause(giveUp);
        request();
      } else if (lineStartsWith("key=")) {
        takeKey(prefixBytes, consumer);
      } else if (!lineIs("OK")) {
        throw refused();
      }
      readLine(in);
    }
  }

  private InputStream connect() throws IOException {
    InetSocketAddress address = server.address();
    if (address.isUnresolved()) {
      throw server.unknownAddress();
    }
    try {
      socket.connect(address, (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      encrypt(server.tls());
      return new BufferedInputStream(connection.getInputStream(), BUFFER_SIZE);
    } catch (IOException e) {
      String message = "memcached at " + server.server() + " cannot be reached (setting 'servers')";
      throw StoreException.withoutEffect(Reason.UNREACHABLE, message, e);
    }
  }

  private void encrypt(@Nullable Tls tls) throws IOException {
    if (tls != null) {
      connection = tls.encrypt(socket, server.server());
    }
  }

  /** A dump may take its time to begin; another question tells whether the server hangs. */
  private void requireAnswer(InputStream in) throws IOException {
    try {
      authenticate(in);
      connection.getOutputStream().write(QUESTION);
      readLine(in);
      socket.setSoTimeout((int) SILENCE_LIMIT.toMillis());
    } catch (SocketTimeoutException e) {
      String message =
          "memcached at %s did not answer within %d ms (setting 'timeout')"
              .formatted(server.server(), timeout.toMillis());
      throw StoreException.withoutEffect(Reason.TIMEOUT, message, e);
    }
  }

  private void authenticate(InputStream in) throws IOException {
    Credentials credentials = server.credentials();
    if (credentials != null) {
      connection.getOutputStream().write(credentials.request());
      readLine(in);
      if (!lineIs(Credentials.ACCEPTED)) {
        throw refused();
      }
    }
  }

  /** Nothing may follow before the answer: memcached refuses a dump with something behind it. */
  private void request() throws IOException {
    connection.getOutputStream().write(REQUEST);
  }

  /** A server crawls once at a time. */
  private void pause(long giveUp) throws IOException {
    if (System.nanoTime() - giveUp > 0) {
      String message =
          "memcached at %s is busy with other scans for %d s"
              .formatted(server.server(), BUSY_LIMIT.toSeconds());
      throw StoreException.withoutEffect(Reason.REJECTED, message, null);
    }
    try {
      Thread.sleep(1 + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void readLine(InputStream in) throws IOException {
    lineLength = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("memcached at " + server.server() + " closed the connection");
      }
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, lineLength * 2);
      }
      line[lineLength++] = (byte) b;
    }
    if (lineLength > 0 && line[lineLength - 1] == '\r') {
      lineLength--;
    }
  }

  private void takeKey(byte[] prefix, KeyConsumer consumer) throws IOException {
    int length = decodeKey();
    if (length >= prefix.length
        && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length)) {
      consumer.accept(line, length);
    }
  }

  /** Decodes the key, in the line itself and to its beginning; it only becomes shorter. */
  private int decodeKey() throws IOException {
    int length = 0;
    int i = KEY_FIELD.length;
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

  private boolean lineIs(String text) {
    return lineLength == text.length() && lineStartsWith(text);
  }

  private boolean lineStartsWith(String text) {
    if (lineLength < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private StoreException refused() {
    String answer = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
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
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a connection cannot be closed", e);
    }
  }
}
