package org.jcachememcached.internal.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.jcachememcached.internal.config.type.IntegerType;
import org.jcachememcached.internal.config.type.ValueType;

/**
 * Lists of servers, as in the environment variable {@code MEMCACHED_SERVERS} of other clients, or
 * with plus signs, which unlike commas are allowed in the name of an MBean. Immutable.
 */
record ServersType() implements ValueType<List<Server>> {

  private static final IntegerType PORT = new IntegerType(1, 65_535);
  private static final IntegerType WEIGHT = new IntegerType(1, 65_535);

  private static final Pattern SEPARATOR = Pattern.compile("[+,\\s]+");
  private static final Pattern TCP_SERVER =
      Pattern.compile(
          """
          (?x)
          (?: (?<name> [A-Za-z0-9._-]+ )
            | \\[ (?<ipv6> [0-9A-Fa-f.]* : [0-9A-Fa-f.]* : [0-9A-Fa-f.:]* ) ] )
          (?: : (?<port> \\d{1,5} ) (?: : (?<weight> \\d{1,5} ) )? )?
          """);

  private static final Pattern UNIX_SERVER =
      Pattern.compile(
          """
          (?x)
          unix: (?<path> / [!-~&&[^+,:]]{0,%d} [!-~&&[^+,:/]] ) (?: : (?<weight> \\d{1,5} ) )?
          """
              .formatted(UnixSocket.LONGEST_PATH - 2));

  @Override
  public List<Server> parse(String text) {
    List<Server> servers =
        SEPARATOR
            .splitAsStream(text)
            .filter(part -> !part.isEmpty())
            .map(ServersType::server)
            .toList();
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no server");
    }
    requireDistinct(servers);
    return servers;
  }

  private static Server server(String text) {
    Matcher tcp = TCP_SERVER.matcher(text);
    if (tcp.matches()) {
      return new Server(tcpPort(tcp), weight(tcp));
    }
    Matcher unix = UNIX_SERVER.matcher(text);
    if (unix.matches()) {
      return new Server(new UnixSocket(unix.group("path")), weight(unix));
    }
    throw new IllegalArgumentException(text + " is no server");
  }

  private static TcpPort tcpPort(Matcher matcher) {
    String name = matcher.group("name");
    String port = matcher.group("port");
    return new TcpPort(
        name == null ? matcher.group("ipv6") : name,
        port == null ? Server.DEFAULT_PORT : PORT.parse(port));
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
            .formatted(PORT.min(), PORT.max(), WEIGHT.min(), WEIGHT.max())
        + " at most %d characters of ASCII without plus signs, commas, colons and spaces)"
            .formatted(UnixSocket.LONGEST_PATH);
  }
}
