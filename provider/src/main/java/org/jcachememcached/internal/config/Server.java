package org.jcachememcached.internal.config;

/**
 * A memcached server. Immutable.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port TCP port, 1 to 65535
 * @param weight its share of the keys as a multiple of that of a server of weight 1, at least 1
 */
public record Server(String host, int port, int weight) {

  /** The port that memcached listens on by default. */
  public static final int DEFAULT_PORT = 11211;

  /** Whether both are the same server, whatever their weights. */
  boolean hasAddressOf(Server other) {
    return port == other.port && host.equalsIgnoreCase(other.host);
  }

  /** As written in settings: {@code host:port} or {@code host:port:weight}. */
  @Override
  public String toString() {
    String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return address + ":" + port + (weight == 1 ? "" : ":" + weight);
  }
}
