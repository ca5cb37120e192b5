package org.jcachememcached.internal.store.memcached.discovery;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Server;

/** What is accepted as an answer of any source. An answer is refused as a whole. Stateless. */
final class Answers {

  /** The largest answer that is read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_SERVERS = 10_000;

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");

  private static final Comparator<Server> BY_ENDPOINT =
      Comparator.comparing((Server server) -> server.endpoint().identity())
          .thenComparing(Server::weight);

  private Answers() {}

  /**
   * Each server once, in the order in which a user has listed them.
   *
   * @throws SourceException if there is none, or there are too many
   */
  static List<Server> distinct(Collection<Server> answered) throws SourceException {
    Map<String, Server> byIdentity = new LinkedHashMap<>();
    for (Server server : answered) {
      byIdentity.putIfAbsent(server.endpoint().identity(), server);
    }
    if (byIdentity.isEmpty()) {
      throw new SourceException("names no server");
    }
    if (byIdentity.size() > MAX_SERVERS) {
      throw new SourceException(
          "names %d servers, more than %d".formatted(byIdentity.size(), MAX_SERVERS));
    }
    return List.copyOf(byIdentity.values());
  }

  /**
   * Each server once, in an order that depends on nothing but the servers: the DNS answers each
   * question in another order, which is no change, and all JVMs have to have the same ring, which
   * depends on the order where points of two servers coincide.
   *
   * @throws SourceException if there is none, or there are too many
   */
  static List<Server> sorted(Collection<Server> answered) throws SourceException {
    return distinct(answered.stream().sorted(BY_ENDPOINT).toList());
  }

  /** Whether a text can be a host name or an IPv4 address. */
  static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }

  /** The port in a text, or 0 if it is none. */
  static int port(String text) {
    return number(text, 0xFFFF);
  }

  /** The number in a text of decimal digits, or 0 if it is none, or is larger than allowed. */
  static int number(String text, int max) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    int number = Integer.parseInt(text);
    return number > max ? 0 : number;
  }
}
