package org.jcachememcached.internal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.ServerSource.ConfigurationEndpoint;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.jcachememcached.internal.config.ServerSource.DnsServices;
import org.jcachememcached.internal.config.ServerSource.Listed;
import org.jcachememcached.internal.config.ServerSource.ServerFile;
import org.jcachememcached.internal.config.type.ValueType;

/**
 * Lists of servers, or a source that is asked for them. A source stands alone: what a list says
 * beside it would never change. Immutable.
 */
record ServerSourceType() implements ValueType<ServerSource> {

  private static final ServersType LIST = new ServersType();
  private static final TcpPortType ENDPOINT = new TcpPortType(Server.DEFAULT_PORT);

  // A host may be called "dns": what follows it is digits, its port.
  private static final Pattern SOURCE =
      Pattern.compile("(?s)(?<scheme>(?:dns|elasticache|file):)(?!\\d+(?:[:+,\\s]|$))(?<rest>.*)");

  private static final Pattern SERVICE = Pattern.compile("_[A-Za-z0-9._-]+");
  private static final Pattern PATH = Pattern.compile("/[^+,\\s\\p{Cntrl}]*[^+,\\s\\p{Cntrl}/]");

  @Override
  public ServerSource parse(String text) {
    Matcher source = SOURCE.matcher(text.strip());
    if (!source.matches()) {
      return new Listed(LIST.parse(text));
    }
    String rest = source.group("rest");
    return switch (source.group("scheme")) {
      case DnsAddresses.SCHEME -> dns(rest);
      case ConfigurationEndpoint.SCHEME -> new ConfigurationEndpoint(ENDPOINT.parse(rest));
      default -> file(rest);
    };
  }

  private static ServerSource dns(String name) {
    if (SERVICE.matcher(name).matches()) {
      return new DnsServices(name);
    }
    TcpPort port = ENDPOINT.parse(name);
    if (name.startsWith("_") || port.host().indexOf(':') >= 0) {
      throw new IllegalArgumentException(name + " is no name with addresses");
    }
    return new DnsAddresses(port.host(), port.port());
  }

  private static ServerSource file(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(path + " is no absolute path");
    }
    return new ServerFile(path);
  }

  @Override
  public String allowed() {
    return LIST.allowed()
        + "; or, alone, dns:name:port, dns:_service._tcp.name, elasticache:host:port or"
        + " file:/path, from which the servers are read again and again";
  }
}
