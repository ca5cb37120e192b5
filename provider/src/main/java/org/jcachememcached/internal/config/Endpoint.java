package org.jcachememcached.internal.config;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;

/** Where a server listens. Immutable; written as in settings. */
public sealed interface Endpoint {

  /** What to connect to; a host name is not looked up. */
  SocketAddress socketAddress();

  /** A text that two endpoints have in common exactly if they are the same. */
  String identity();

  /**
   * A TCP port.
   *
   * @param host name or address; an IPv6 address without brackets
   * @param port 1 to 65535
   */
  record TcpPort(String host, int port) implements Endpoint {

    @Override
    public SocketAddress socketAddress() {
      return InetSocketAddress.createUnresolved(host, port);
    }

    /** Host names are the same in upper and lower case. */
    @Override
    public String identity() {
      return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * A Unix socket: a file of this machine.
   *
   * @param path absolute, of at most {@value #LONGEST_PATH} characters, all of them ASCII
   */
  record UnixSocket(String path) implements Endpoint {

    /** What comes before the path. */
    static final String SCHEME = "unix:";

    /** The 108 bytes of an address in Linux, without the one that ends it. */
    static final int LONGEST_PATH = 107;

    @Override
    public SocketAddress socketAddress() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public String identity() {
      return toString();
    }

    @Override
    public String toString() {
      return SCHEME + path;
    }
  }
}
