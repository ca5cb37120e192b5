package org.jcachememcached.internal.store.memcached.discovery;

import java.nio.file.Path;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.config.ServerSource.ConfigurationEndpoint;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.jcachememcached.internal.config.ServerSource.DnsServices;
import org.jcachememcached.internal.config.ServerSource.ServerFile;

/** The question for each kind of source. Stateless. */
final class Questions {

  private Questions() {}

  static Question about(ServerSource source, DiscoveryOptions options) {
    if (source instanceof DnsAddresses addresses) {
      return new AddressQuestion(addresses, lookup(options));
    }
    if (source instanceof DnsServices services) {
      DnsQueries queries = new DnsQueries(options.dns(), options.timeout());
      return new ServiceQuestion(name -> queries.records(name, "SRV"), services.name());
    }
    if (source instanceof ConfigurationEndpoint endpoint) {
      return new ConfigurationQuestion(endpoint.endpoint(), options);
    }
    if (source instanceof ServerFile file) {
      return new FileQuestion(Path.of(file.path()), options.tls() != null);
    }
    return source::listed;
  }

  private static AddressQuestion.Lookup lookup(DiscoveryOptions options) {
    if (options.dns().isEmpty()) {
      return AddressQuestion.BY_SYSTEM;
    }
    return new DnsQueries(options.dns(), options.timeout())::addresses;
  }
}
