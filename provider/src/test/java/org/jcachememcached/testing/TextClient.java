package org.jcachememcached.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A blocking client of memcached's text protocol that takes lines as they are, to look at a server
 * from the outside. Not thread-safe.
 */
public final class TextClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** Connects at once. */
  public TextClient(InetSocketAddress address) {
    try {
      socket = new Socket();
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address, TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + address, e);
    }
  }

  /** Sends one line and returns the first line of the answer. */
  public String command(String line) {
    send(line + "\r\n");
    return readLine();
  }

  /** The answer to {@code stats}, by name and in the server's order. */
  public Map<String, String> stats(String... group) {
    send(String.join(" ", "stats", String.join(" ", group)).strip() + "\r\n");
    Map<String, String> stats = new LinkedHashMap<>();
    String line = readLine();
    while (line.startsWith("STAT ")) {
      String[] words = line.split(" ", 3);
      stats.put(words[1], words[2]);
      line = readLine();
    }
    return stats;
  }

  /** Sends bytes as they are. */
  public void send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line of the answer, without its end. */
  public String readLine() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int b = in.read();
      while (b != '\n') {
        if (b < 0) {
          throw new EOFException("the server closed the connection");
        }
        line.write(b);
        b = in.read();
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
