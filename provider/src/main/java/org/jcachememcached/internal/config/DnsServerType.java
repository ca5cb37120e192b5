package org.jcachememcached.internal.config;

import java.util.Optional;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.type.ValueType;

/** A DNS server, or none. Immutable. */
record DnsServerType() implements ValueType<Optional<TcpPort>> {

  private static final TcpPortType SERVER = new TcpPortType(53);

  @Override
  public Optional<TcpPort> parse(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(SERVER.parse(text));
  }

  @Override
  public String allowed() {
    return "nothing, or " + SERVER.allowed();
  }
}
