package org.jcachememcached.internal.store.memcached.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.config.Server;

/**
 * The answer of a configuration endpoint to {@code config get cluster}. Immutable.
 *
 * @param version the number of the last change of the nodes
 * @param servers the nodes, each once, one at least
 */
record ConfigurationAnswer(long version, List<Server> servers) {

  /** The request that it answers. */
  static final byte[] REQUEST = "config get cluster\r\n".getBytes(US_ASCII);

  private static final String BEGINNING = "CONFIG cluster ";
  private static final String END = "END";
  private static final int MAX_LINE = 1024;

  /** Between the nodes and the end there are one or two. */
  private static final int MAX_EMPTY_LINES = 4;

  /**
   * Reads an answer.
   *
   * @throws SourceException if it is another one
   */
  static ConfigurationAnswer read(InputStream in) throws IOException, SourceException {
    String beginning = readLine(in);
    if (beginning.equals("ERROR") || beginning.equals(END)) {
      throw new SourceException(
          "answered '%s' to 'config get cluster', so it is no configuration endpoint"
              .formatted(beginning));
    }
    if (!beginning.startsWith(BEGINNING)) {
      throw unexpected(beginning);
    }
    byte[] content = readContent(in, length(beginning));
    readEnd(in);
    return parse(new String(content, US_ASCII));
  }

  private static int length(String beginning) throws SourceException {
    String[] words = beginning.strip().split(" ", -1);
    int length = words.length == 4 ? Answers.number(words[3], Answers.MAX_BYTES) : 0;
    if (length == 0) {
      throw new SourceException(
          "answered '%s', but must announce 1 to %d bytes"
              .formatted(SourceException.quote(beginning), Answers.MAX_BYTES));
    }
    return length;
  }

  private static byte[] readContent(InputStream in, int length) throws IOException {
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException("the answer is shorter than announced");
    }
    return content;
  }

  private static void readEnd(InputStream in) throws IOException, SourceException {
    String line = readLine(in);
    for (int i = 0; line.isEmpty() && i < MAX_EMPTY_LINES; i++) {
      line = readLine(in);
    }
    if (!line.equals(END)) {
      throw unexpected(line);
    }
  }

  private static SourceException unexpected(String line) {
    return new SourceException(
        "answered '%s' to 'config get cluster'".formatted(SourceException.quote(line)));
  }

  /** Reads a line that ends with LF or CRLF, without its end. */
  static String readLine(InputStream in) throws IOException, SourceException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed");
      }
      if (line.length() == MAX_LINE) {
        throw unexpected(line.toString());
      }
      line.append((char) b);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static ConfigurationAnswer parse(String content) throws SourceException {
    String[] lines = content.split("\r?\n", 2);
    List<Server> servers = new ArrayList<>();
    if (lines.length == 2) {
      for (String node : lines[1].strip().split("\\s+", -1)) {
        if (!node.isEmpty()) {
          servers.add(server(node));
        }
      }
    }
    return new ConfigurationAnswer(version(lines[0].strip()), Answers.sorted(servers));
  }

  private static long version(String text) throws SourceException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new SourceException(
          "answered with the version '%s', but must be a number"
              .formatted(SourceException.quote(text)),
          e);
    }
  }

  /** The name comes before the address: certificates are for names, which also stay the same. */
  private static Server server(String node) throws SourceException {
    String[] parts = node.split("\\|", -1);
    int port = parts.length == 3 ? Answers.port(parts[2]) : 0;
    if (port > 0) {
      String host = parts[0].isEmpty() ? parts[1] : parts[0];
      if (Answers.isHost(host) || isIpv6(host)) {
        return new Server(host, port, 1);
      }
    }
    throw new SourceException(
        "answered with the node '%s', but must be host|ip|port"
            .formatted(SourceException.quote(node)));
  }

  private static boolean isIpv6(String text) {
    return text.length() < 46 && text.matches("[0-9A-Fa-f.:]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");
  }
}
