package org.jcachememcached.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.jcachememcached.internal.config.type.IntegerType;
import org.jcachememcached.internal.config.type.ValueType;

/**
 * Lists of servers, as in the environment variable {@code MEMCACHED_SERVERS} of other clients, or
 * with plus signs, which unlike commas are allowed in the name of an MBean. Immutable.
 */
record ServersType() implements ValueType<List<Server>> {

  private static final IntegerType WEIGHT = new IntegerType(1, 65_535);
  private static final TcpPortType TCP_PORT = new TcpPortType(Server.DEFAULT_PORT);

  private static final Pattern SEPARATOR = Pattern.compile("[+,\\s]+");

  /** The path of a socket may contain the sign. */
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#");

  private static final Pattern TCP_SERVER =
      Pattern.compile(
          TcpPortType.FORM + "(?: (?<= : \\d{1,5} ) : (?<weight> \\d{1,5} ) )?", Pattern.COMMENTS);

  private static final Pattern UNIX_SERVER =
      Pattern.compile(
          """
          (?x)
          unix: (?<path> / [!-~&&[^+,:]]{0,%d} [!-~&&[^+,:/]] ) (?: : (?<weight> \\d{1,5} ) )?
          """
              .formatted(UnixSocket.LONGEST_PATH - 2));

  @Override
  public List<Server> parse(String text) {
    List<Server> servers = serversIn(text);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no server");
    }
    requireDistinct(servers);
    return servers;
  }

  /**
   * The servers in the lines of a file, perhaps none, and perhaps some several times.
   *
   * @throws IllegalArgumentException if there is something else; the message says where
   */
  static List<Server> inLines(String content) {
    List<Server> servers = new ArrayList<>();
    int number = 0;
    for (String line : content.split("\\R", -1)) {
      number++;
      try {
        servers.addAll(serversIn(COMMENT.split(line, 2)[0]));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(number, e.getMessage()), e);
      }
    }
    return servers;
  }

  private static List<Server> serversIn(String text) {
    return SEPARATOR
        .splitAsStream(text)
        .filter(part -> !part.isEmpty())
        .map(ServersType::server)
        .toList();
  }

  private static Server server(String text) {
    Matcher tcp = TCP_SERVER.matcher(text);
    if (tcp.matches()) {
      return new Server(TCP_PORT.in(tcp), weight(tcp));
    }
    Matcher unix = UNIX_SERVER.matcher(text);
    if (unix.matches()) {
      return new Server(new UnixSocket(unix.group("path")), weight(unix));
    }
    throw new IllegalArgumentException(text + " is no server");
  }

  private static int weight(Matcher matcher) {
    String weight = matcher.group("weight");
    return weight == null ? 1 : WEIGHT.parse(weight);
  }

  // A server listed twice would have two connections, each with its own share of the keys.
  private static void requireDistinct(List<Server> servers) {
    Stream<String> identities = servers.stream().map(server -> server.endpoint().identity());
    if (identities.distinct().count() < servers.size()) {
      throw new IllegalArgumentException("a server twice");
    }
  }

  @Override
  public String allowed() {
    return "host, host:port or host:port:weight of each server once, or unix:path or"
        + " unix:path:weight of its Unix socket, separated by plus signs, commas or spaces"
        + " (port %d to %d, weight %d to %d, IPv6 addresses in brackets, paths absolute, of"
            .formatted(TcpPortType.PORT.min(), TcpPortType.PORT.max(), WEIGHT.min(), WEIGHT.max())
        + " at most %d characters of ASCII without plus signs, commas, colons and spaces)"
            .formatted(UnixSocket.LONGEST_PATH);
  }
}
