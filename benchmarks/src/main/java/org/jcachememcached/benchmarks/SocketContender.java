package org.jcachememcached.benchmarks;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.spy.memcached.AddrUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the wire allows: meta commands over a blocking socket, one connection for each thread, with
 * nothing that makes a client safe. Keys are as long as the provider's. Thread-safe.
 */
final class SocketContender implements Contender {

  private static final String USERS = "plain:users:s:";
  private static final String VISITED = "plain:visit:s:";
  private static final String COUNTERS = "plain:count:s:";
  private static final int PAGE_SIZE = 500;
  private static final String NO_VALUE = "EN";
  private static final String STORED = "HD";
  private static final String CHANGED = "EX";

  private final String server;
  private final InetSocketAddress address;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Line> line = ThreadLocal.withInitial(this::open);

  /**
   * @param server host:port
   */
  SocketContender(String server) {
    this.server = server;
    this.address = AddrUtil.getAddresses(server).get(0);
  }

  private Line open() {
    try {
      Line opened = new Line(address);
      lines.add(opened);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable String get(String key) {
    return fetch("mg " + USERS + key + " v\r\n");
  }

  @Override
  public @Nullable String visit(String key) {
    return fetch("mg " + VISITED + key + " v T" + VISIT_SECONDS + "\r\n");
  }

  private @Nullable String fetch(String request) {
    try {
      Line to = line.get();
      to.write(request);
      to.flush();
      return NO_VALUE.equals(to.readReply()) ? null : to.readValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String key, String value) {
    set(USERS + key, value, "");
  }

  @Override
  public void prepareVisits(String key, String value) {
    set(VISITED + key, value, " T" + VISIT_SECONDS);
  }

  private void set(String key, String value, String flags) {
    String reply = store(key, value, flags);
    if (!STORED.equals(reply)) {
      throw new IllegalStateException("memcached answered " + reply);
    }
  }

  private String store(String key, String value, String flags) {
    try {
      Line to = line.get();
      to.writeSet(key, value, flags);
      to.flush();
      return to.readReply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    try {
      Line to = line.get();
      for (String key : keys) {
        to.write("mg " + USERS + key + " k v q\r\n");
      }
      to.write("mn\r\n");
      to.flush();
      Map<String, String> values = new HashMap<>();
      for (String reply = to.readReply(); !reply.startsWith("MN"); reply = to.readReply()) {
        int begin = reply.indexOf(" k") + 2 + USERS.length();
        values.put(reply.substring(begin), to.readValue());
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void putAll(Map<String, String> entries) {
    try {
      Line to = line.get();
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        to.writeSet(USERS + entry.getKey(), entry.getValue(), " q");
      }
      to.write("mn\r\n");
      to.flush();
      String reply = to.readReply();
      if (!reply.startsWith("MN")) {
        throw new IllegalStateException("memcached answered " + reply);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int increment(String counter) {
    try {
      Line to = line.get();
      while (true) {
        to.write("mg " + COUNTERS + counter + " c v\r\n");
        to.flush();
        String seen = to.readReply();
        String cas = seen.substring(seen.indexOf(" c") + 2);
        int next = Integer.parseInt(to.readValue()) + 1;
        String reply = store(COUNTERS + counter, String.valueOf(next), " C" + cas);
        if (STORED.equals(reply)) {
          return next;
        } else if (!CHANGED.equals(reply)) {
          throw new IllegalStateException("memcached answered " + reply);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long iterate() {
    List<String> keys = new KeyDump(server).keysBelow(USERS);
    long characters = 0;
    for (int from = 0; from < keys.size(); from += PAGE_SIZE) {
      Set<String> page = new LinkedHashSet<>();
      keys.subList(from, Math.min(from + PAGE_SIZE, keys.size()))
          .forEach(key -> page.add(key.substring(USERS.length())));
      for (String value : getAll(page).values()) {
        characters += value.length();
      }
    }
    return characters;
  }

  @Override
  public void reset(String counter) {
    set(COUNTERS + counter, "0", "");
  }

  @Override
  public void close() {
    lines.forEach(Line::close);
  }

  /** The connection of one thread. Not thread-safe. */
  private static final class Line implements Closeable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private byte[] request = new byte[4096];
    private int requestLength;
    private final byte[] read = new byte[64 * 1024];
    private int begin;
    private int end;
    private int valueLength;

    Line(InetSocketAddress address) throws IOException {
      socket.setTcpNoDelay(true);
      socket.connect(address);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    void write(String text) {
      append(text.getBytes(StandardCharsets.UTF_8));
    }

    void writeSet(String key, String value, String flags) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      write("ms " + key + ' ' + bytes.length + flags + "\r\n");
      append(bytes);
      write("\r\n");
    }

    private void append(byte[] bytes) {
      if (requestLength + bytes.length > request.length) {
        request =
            Arrays.copyOf(request, Math.max(2 * request.length, requestLength + bytes.length));
      }
      System.arraycopy(bytes, 0, request, requestLength, bytes.length);
      requestLength += bytes.length;
    }

    void flush() throws IOException {
      out.write(request, 0, requestLength);
      requestLength = 0;
    }

    /** The line of a reply; of a value, without its size, which {@link #readValue} goes by. */
    @SuppressWarnings("deprecation") // Bytes that are ASCII become text without a decoder.
    String readReply() throws IOException {
      int length = 0;
      while (true) {
        for (; begin + length < end; length++) {
          if (read[begin + length] == '\n') {
            String reply = new String(read, 0, begin, length - 1);
            begin += length + 1;
            return reply.startsWith("VA ") ? afterSize(reply) : reply;
          }
        }
        fill();
      }
    }

    private String afterSize(String reply) {
      int space = reply.indexOf(' ', 3);
      valueLength = Integer.parseInt(reply, 3, space < 0 ? reply.length() : space, 10);
      return space < 0 ? "" : reply.substring(space);
    }

    String readValue() throws IOException {
      while (end - begin < valueLength + 2) {
        fill();
      }
      String value = new String(read, begin, valueLength, StandardCharsets.UTF_8);
      begin += valueLength + 2;
      return value;
    }

    private void fill() throws IOException {
      if (begin == end) {
        begin = 0;
        end = 0;
      } else if (end == read.length) {
        System.arraycopy(read, begin, read, 0, end - begin);
        end -= begin;
        begin = 0;
      }
      int count = in.read(read, end, read.length - end);
      if (count < 0) {
        throw new EOFException("memcached has closed the connection");
      }
      end += count;
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
}
