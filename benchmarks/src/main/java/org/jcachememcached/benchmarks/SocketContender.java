package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.spy.memcached.AddrUtil;
import org.jcachememcached.benchmarks.Line.Reply;
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

  private final String server;
  private final InetSocketAddress address;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Line> line = ThreadLocal.withInitial(this::open);

  /** What a thread does with its connection. */
  private interface Exchange<T> {
    T on(Line line) throws IOException;
  }

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

  private <T> T exchange(Exchange<T> exchange) {
    try {
      return exchange.on(line.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable String get(String key) {
    return fetch(USERS, key, " v\r\n");
  }

  @Override
  public @Nullable String visit(String key) {
    return fetch(VISITED, key, " v T" + VISIT_SECONDS + "\r\n");
  }

  private @Nullable String fetch(String prefix, String key, String flags) {
    Line to = line.get();
    try {
      to.write("mg ").write(prefix).write(key).write(flags).flush();
      return to.readReply() == Reply.EN ? null : to.readValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String key, String value) {
    require(Reply.HD, store(USERS, key, value, ""));
  }

  @Override
  public void prepareVisits(String key, String value) {
    require(Reply.HD, store(VISITED, key, value, " T" + VISIT_SECONDS));
  }

  private Reply store(String prefix, String key, String value, String flags) {
    return exchange(
        line -> {
          writeSet(line, prefix, key, value, flags);
          line.flush();
          return line.readReply();
        });
  }

  private static void writeSet(Line line, String prefix, String key, String value, String flags) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    line.write("ms ").write(prefix).write(key).write(" ").write(String.valueOf(bytes.length));
    line.write(flags).write("\r\n").write(bytes).write("\r\n");
  }

  private static void require(Reply wanted, Reply reply) {
    if (reply != wanted) {
      throw new IllegalStateException("memcached answered " + reply);
    }
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    return exchange(
        line -> {
          for (String key : keys) {
            line.write("mg ").write(USERS).write(key).write(" k v q\r\n");
          }
          line.write("mn\r\n").flush();
          Map<String, String> values = new HashMap<>();
          while (line.readReply() != Reply.MN) {
            values.put(line.flag('k', USERS.length()), line.readValue());
          }
          return values;
        });
  }

  @Override
  public void putAll(Map<String, String> entries) {
    require(
        Reply.MN,
        exchange(
            line -> {
              entries.forEach((key, value) -> writeSet(line, USERS, key, value, " q"));
              line.write("mn\r\n").flush();
              return line.readReply();
            }));
  }

  @Override
  public int increment(String counter) {
    return exchange(
        line -> {
          while (true) {
            line.write("mg ").write(COUNTERS).write(counter).write(" c v\r\n").flush();
            line.readReply();
            String cas = line.flag('c', 0);
            int next = Integer.parseInt(line.readValue()) + 1;
            Reply reply = store(COUNTERS, counter, String.valueOf(next), " C" + cas);
            if (reply == Reply.HD) {
              return next;
            }
            require(Reply.EX, reply);
          }
        });
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
    require(Reply.HD, store(COUNTERS, counter, "0", ""));
  }

  @Override
  public void close() {
    lines.forEach(Line::close);
  }
}
