package org.jcachememcached.internal.store.memcached.scan;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.protocol.FailureText;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.jspecify.annotations.Nullable;

/**
 * A blocking connection of its own to a server, for what is answered in lines of text. Confined to
 * one thread, but {@link #close} may be called from any.
 */
final class LineConnection implements AutoCloseable {

  /** Decides about a server that has sent nothing for a while: returns to wait on, or throws. */
  interface SilenceJudge {
    void judge(SocketTimeoutException silence) throws IOException;
  }

  private static final byte[] QUESTION = "version\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_SIZE = 256 * 1024;

  /** A key takes 750 bytes at most, and its attributes far fewer. */
  private static final int MAX_LINE = 2048;

  private static final SilenceJudge STRICT =
      silence -> {
        throw silence;
      };

  private final ScanTarget server;
  private final Socket socket;

  /** The socket, or what encrypts it. */
  private Socket connection;

  private InputStream in = InputStream.nullInputStream();
  private final byte[] line = new byte[MAX_LINE];
  private int length;

  LineConnection(ScanTarget server) throws IOException {
    this.server = server;
    this.socket = server.server().isAtUnixSocket() ? new ChannelSocket() : new Socket();
    this.connection = socket;
  }

  /**
   * Connects and sends a first request, which a server that hangs does not answer.
   *
   * @throws SocketTimeoutException if there is no answer within the operation timeout
   */
  void open() throws IOException {
    connect();
    authenticate();
    send(QUESTION);
    readLine(STRICT);
  }

  private void connect() throws IOException {
    SocketAddress address = server.address();
    if (address instanceof InetSocketAddress ofPort && ofPort.isUnresolved()) {
      throw StoreException.withoutEffect(
          Reason.UNREACHABLE,
          "memcached at " + server.server() + " has an unknown host name",
          null);
    }
    int timeoutMillis = (int) server.timeout().toMillis();
    try {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      encrypt(server.tls());
      in = new BufferedInputStream(connection.getInputStream(), BUFFER_SIZE);
    } catch (IOException e) {
      throw StoreException.withoutEffect(
          Reason.UNREACHABLE, FailureText.unreachable(server.server()), e);
    }
  }

  private void encrypt(@Nullable Tls tls) throws IOException {
    if (tls != null) {
      connection = tls.encrypt(socket, server.server());
    }
  }

  private void authenticate() throws IOException {
    Credentials credentials = server.credentials();
    if (credentials != null) {
      send(credentials.request());
      readLine(STRICT);
      if (!lineIs(Credentials.ACCEPTED)) {
        String message = "memcached at " + server.server() + " answered '" + line() + "' to a scan";
        throw StoreException.withoutEffect(Reason.PROTOCOL, message, null);
      }
    }
  }

  /** Sets how often the judge is asked about a server that sends nothing. */
  void judgeSilenceEvery(Duration interval) throws IOException {
    socket.setSoTimeout((int) interval.toMillis());
  }

  void send(byte[] request) throws IOException {
    connection.getOutputStream().write(request);
  }

  /** Reads the next line; the other methods describe it until the next call. */
  void readLine(SilenceJudge judge) throws IOException {
    length = 0;
    for (int b = read(judge); b != '\n'; b = read(judge)) {
      if (b < 0) {
        throw new EOFException("memcached at " + server.server() + " closed the connection");
      }
      if (length == MAX_LINE) {
        String message =
            "memcached at %s sends a line of over %d bytes".formatted(server.server(), MAX_LINE);
        throw StoreException.withoutEffect(Reason.PROTOCOL, message, null);
      }
      line[length++] = (byte) b;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
  }

  private int read(SilenceJudge judge) throws IOException {
    while (true) {
      try {
        return in.read();
      } catch (SocketTimeoutException silence) {
        judge.judge(silence);
      }
    }
  }

  /** The bytes of the line, the first {@link #length} of them. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** The line as a string. */
  String line() {
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  boolean lineIs(String text) {
    return length == text.length() && lineStartsWith(text);
  }

  boolean lineStartsWith(String text) {
    if (length < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
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
