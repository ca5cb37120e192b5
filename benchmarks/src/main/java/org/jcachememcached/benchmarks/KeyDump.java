package org.jcachememcached.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.spy.memcached.AddrUtil;

/**
 * The keys of a server, asked for over a connection of their own. All are read before the first is
 * used, because a server that waits for its reader blocks others. Immutable.
 */
final class KeyDump {

  private static final byte[] REQUEST =
      "lru_crawler metadump hash\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String KEY_FIELD = "key=";
  private static final String END = "END";

  private final InetSocketAddress server;

  /**
   * @param server host:port
   */
  KeyDump(String server) {
    this.server = AddrUtil.getAddresses(server).get(0);
  }

  /** The keys that begin with the prefix. */
  List<String> keysBelow(String prefix) {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.getOutputStream().write(REQUEST);
      return read(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)),
          prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(BufferedReader lines, String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    for (String line = lines.readLine(); !END.equals(line); line = lines.readLine()) {
      if (line == null || !line.startsWith(KEY_FIELD)) {
        throw new IOException("memcached answered '" + line + "' to a dump of its keys");
      }
      String encoded = line.substring(KEY_FIELD.length(), line.indexOf(' '));
      String key = URLDecoder.decode(encoded, StandardCharsets.US_ASCII);
      if (key.startsWith(prefix)) {
        keys.add(key);
      }
    }
    return keys;
  }
}
