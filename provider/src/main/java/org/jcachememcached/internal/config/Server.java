package org.jcachememcached.internal.config;

/**
 * A memcached server. Immutable.
 *
 * @param endpoint where it listens
 * @param weight its share of the keys as a multiple of that of a server of weight 1, at least 1
 */
public record Server(Endpoint endpoint, int weight) {

  /** The port that memcached listens on by default. */
  public static final int DEFAULT_PORT = 11211;

  /** A server at a TCP port. */
  public Server(String host, int port, int weight) {
    this(new Endpoint.TcpPort(host, port), weight);
  }

  /**
   * The host name or address, for what only servers at TCP ports have.
   *
   * @throws IllegalStateException if it listens at a Unix socket
   */
  public String host() {
    return tcpPort().host();
  }

  /**
   * The TCP port, for what only servers at TCP ports have.
   *
   * @throws IllegalStateException if it listens at a Unix socket
   */
  public int port() {
    return tcpPort().port();
  }

  private Endpoint.TcpPort tcpPort() {
    if (endpoint instanceof Endpoint.TcpPort tcpPort) {
      return tcpPort;
    }
    throw new IllegalStateException("memcached at " + this + " has no TCP port");
  }

  /** Whether it listens at a Unix socket, and not at a TCP port. */
  public boolean isAtUnixSocket() {
    return endpoint instanceof Endpoint.UnixSocket;
  }

  /** Whether both are the same server, whatever their weights. */
  boolean hasEndpointOf(Server other) {
    return endpoint.identity().equals(other.endpoint.identity());
  }

  /** As written in settings: the endpoint, and behind a colon the weight unless it is 1. */
  @Override
  public String toString() {
    return endpoint + (weight == 1 ? "" : ":" + weight);
  }
}
