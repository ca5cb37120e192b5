package org.jcachememcached.config;

/**
 * A memcached server.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 * @param weight how many times the share of keys of a server of weight 1 it takes, at least 1
 */
public record Server(String host, int port, int weight) {

  @Override
  public String toString() {
    return host + ":" + port + (weight == 1 ? "" : ":" + weight);
  }
}
