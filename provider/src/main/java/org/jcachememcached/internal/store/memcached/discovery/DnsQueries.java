package org.jcachememcached.internal.store.memcached.discovery;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jcachememcached.internal.config.Endpoint.TcpPort;

/**
 * Queries a DNS server, or those of the system, through the JDK's module {@code jdk.naming.dns}.
 * Immutable.
 *
 * @param server the DNS server; none for those of the system
 * @param timeout how long one query may take
 */
record DnsQueries(Optional<TcpPort> server, Duration timeout) {

  /** The second attempt waits twice as long as the first one. */
  private static final int ATTEMPTS = 2;

  private static final int SHARES = 3;

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final List<String> IPV4_FIRST = List.of("A", "AAAA");
  private static final List<String> IPV6_FIRST = List.of("AAAA", "A");

  /** The addresses of a host name, of one family only: the one that this JVM prefers, if any. */
  List<InetAddress> addresses(String name) throws SourceException {
    for (String type :
        Boolean.getBoolean("java.net.preferIPv6Addresses") ? IPV6_FIRST : IPV4_FIRST) {
      List<InetAddress> found = new ArrayList<>();
      for (String record : records(name, type)) {
        found.add(address(record));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static InetAddress address(String record) throws SourceException {
    try {
      if (ADDRESS.matcher(record).matches()) {
        return InetAddress.getByName(record);
      }
    } catch (UnknownHostException noAddress) {
      // It is refused like any other text.
    }
    throw new SourceException(
        "answered with '%s', but must name addresses".formatted(SourceException.quote(record)));
  }

  /** The records of a name, as text; none if it has none of that type. */
  @SuppressWarnings("BanJNDI") // The provider for the DNS creates texts; it deserializes nothing.
  List<String> records(String name, String type) throws SourceException {
    try {
      DirContext context = new InitialDirContext(environment());
      try {
        Attribute records = context.getAttributes(name, new String[] {type}).get(type);
        return records == null ? List.of() : texts(records);
      } finally {
        context.close();
      }
    } catch (NoInitialContextException e) {
      throw new SourceException(
          "cannot be asked: this JVM lacks the module jdk.naming.dns of the JDK", e);
    } catch (NameNotFoundException e) {
      throw new SourceException("cannot be asked: there is no such name in the DNS", e);
    } catch (NamingException e) {
      throw e.getRootCause() instanceof SocketTimeoutException
          ? SourceException.late(timeout, e)
          : SourceException.notAsked(e);
    }
  }

  private static List<String> texts(Attribute records) throws NamingException {
    return Collections.list(records.getAll()).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("JdkObsolete") // JNDI takes no other map.
  private Hashtable<String, String> environment() {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, server.map(port -> "dns://" + port).orElse("dns:"));
    environment.put(
        "com.sun.jndi.dns.timeout.initial",
        Long.toString(Math.max(timeout.toMillis() / SHARES, 1)));
    environment.put("com.sun.jndi.dns.timeout.retries", Integer.toString(ATTEMPTS));
    return environment;
  }
}
