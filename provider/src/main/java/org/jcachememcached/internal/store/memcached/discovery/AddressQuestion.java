package org.jcachememcached.internal.store.memcached.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;

/**
 * Asks for the addresses of a host name. A server with addresses of both families counts once: of
 * all addresses those are taken that have the family of the first one, which is IPv4 unless this
 * JVM prefers IPv6. Immutable.
 *
 * @param source the name, and the port of all servers
 * @param lookup finds the addresses of a name
 */
record AddressQuestion(DnsAddresses source, Lookup lookup) implements Question {

  /** Finds the addresses of a host name, those that this JVM prefers first. */
  interface Lookup {
    List<InetAddress> addresses(String name) throws SourceException;
  }

  /**
   * Goes by the search domains and the file of hosts of the system, and by the cache of the JVM.
   */
  static final Lookup BY_SYSTEM =
      name -> {
        try {
          return Arrays.asList(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
          throw new SourceException("cannot be asked: the host name is unknown", e);
        }
      };

  @Override
  public List<Server> ask() throws SourceException {
    List<InetAddress> addresses = lookup.addresses(source.name());
    return Answers.sorted(
        addresses.stream()
            .filter(address -> address.getClass() == addresses.get(0).getClass())
            .map(address -> new Server(address.getHostAddress(), source.port(), 1))
            .toList());
  }
}
