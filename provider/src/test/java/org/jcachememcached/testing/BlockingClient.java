package org.jcachememcached.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plainest client: one blocking socket with a timeout, closed after a failure and opened anew
 * for the next call. For one thread.
 */
public final class BlockingClient implements AutoCloseable {

  private final InetSocketAddress address;
  private final int timeoutMillis;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  public BlockingClient(InetSocketAddress address, Duration timeout) {
    this.address = address;
    this.timeoutMillis = (int) timeout.toMillis();
  }

  /** Sets a key to a value without line ends; says whether the server has answered. */
  public boolean set(String key, String value) {
    return ask("ms " + key + " " + value.length() + "\r\n" + value + "\r\n");
  }

  /** Whether the server has answered that a key is there, or that it is not. */
  public boolean hasAnswered(String key) {
    return ask("mg " + key + "\r\n");
  }

  private boolean ask(String request) {
    try {
      Socket connected = connect();
      connected.getOutputStream().write(request.getBytes(US_ASCII));
      readLine();
      return true;
    } catch (IOException timeoutOrBroken) {
      close();
      return false;
    }
  }

  private Socket connect() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      socket = open;
      open.setTcpNoDelay(true);
      open.setSoLinger(true, 0);
      open.connect(address, timeoutMillis);
      open.setSoTimeout(timeoutMillis);
      in = new BufferedInputStream(open.getInputStream());
    }
    return open;
  }

  private void readLine() throws IOException {
    for (int b = 0; b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
    }
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException closedAlready) {
      // That is what was wanted.
    }
    socket = null;
  }
}
