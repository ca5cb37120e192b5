package org.jcachememcached.internal.config;

import java.util.List;
import java.util.stream.Collectors;

/** Where the servers come from. Immutable; written as in settings. */
public sealed interface ServerSource {

  /** The servers that are known without asking: those that settings list, otherwise none. */
  default List<Server> listed() {
    return List.of();
  }

  /**
   * Servers that settings list.
   *
   * @param servers in the order in which they are listed, each once; none for engines that have no
   *     servers
   */
  record Listed(List<Server> servers) implements ServerSource {

    public Listed {
      servers = List.copyOf(servers);
    }

    @Override
    public List<Server> listed() {
      return servers;
    }

    @Override
    public String toString() {
      return servers.stream().map(Server::toString).collect(Collectors.joining(","));
    }
  }

  /**
   * The addresses of a host name in the DNS, all with the same port.
   *
   * @param name the host name
   * @param port 1 to 65535
   */
  record DnsAddresses(String name, int port) implements ServerSource {

    /** What comes before the name. */
    static final String SCHEME = "dns:";

    @Override
    public String toString() {
      return SCHEME + name + ":" + port;
    }
  }

  /**
   * The hosts and ports in the SRV records of a name in the DNS.
   *
   * @param name begins with an underscore, as in {@code _memcached._tcp.example.net}
   */
  record DnsServices(String name) implements ServerSource {

    @Override
    public String toString() {
      return DnsAddresses.SCHEME + name;
    }
  }

  /**
   * The nodes of a cluster of Amazon ElastiCache or Google Memorystore, of which its configuration
   * endpoint has a list.
   *
   * @param endpoint where the configuration endpoint listens
   */
  record ConfigurationEndpoint(Endpoint.TcpPort endpoint) implements ServerSource {

    /** What comes before the endpoint. */
    static final String SCHEME = "elasticache:";

    @Override
    public String toString() {
      return SCHEME + endpoint;
    }
  }

  /**
   * A file with the servers, which may change.
   *
   * @param path absolute
   */
  record ServerFile(String path) implements ServerSource {

    /** What comes before the path. */
    static final String SCHEME = "file:";

    /**
     * The servers in the content of such a file: in lines as in settings, in which a number sign at
     * the beginning or after a space begins a comment. A server that is there several times is as
     * often in the result.
     *
     * @throws IllegalArgumentException if there is something else in it; the message says where
     */
    public static List<Server> servers(String content) {
      return ServersType.inLines(content);
    }

    @Override
    public String toString() {
      return SCHEME + path;
    }
  }
}
