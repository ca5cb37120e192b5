package org.jcachememcached.internal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.type.IntegerType;
import org.jcachememcached.internal.config.type.ValueType;

/**
 * A host and a TCP port. Immutable.
 *
 * @param defaultPort the port where the text has none
 */
record TcpPortType(int defaultPort) implements ValueType<TcpPort> {

  /** The allowed ports. */
  static final IntegerType PORT = new IntegerType(1, 65_535);

  /** Extended: a host in the group {@code name} or {@code ipv6}, and perhaps a {@code port}. */
  static final String FORM =
      """
      (?: (?<name> [A-Za-z0-9._-]+ )
        | \\[ (?<ipv6> [0-9A-Fa-f.]* : [0-9A-Fa-f.]* : [0-9A-Fa-f.:]* ) ] )
      (?: : (?<port> \\d{1,5} ) )?
      """;

  private static final Pattern WHOLE = Pattern.compile(FORM, Pattern.COMMENTS);

  @Override
  public TcpPort parse(String text) {
    Matcher matcher = WHOLE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is no host with a port");
    }
    return in(matcher);
  }

  /** The host and the port in the groups of {@link #FORM}. */
  TcpPort in(Matcher matcher) {
    String name = matcher.group("name");
    String port = matcher.group("port");
    return new TcpPort(
        name == null ? matcher.group("ipv6") : name, port == null ? defaultPort : PORT.parse(port));
  }

  @Override
  public String allowed() {
    return "host or host:port (port %d to %d, IPv6 addresses in brackets)"
        .formatted(PORT.min(), PORT.max());
  }
}
