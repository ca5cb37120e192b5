package org.jcachememcached.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.List;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.api.NodeMXBean;

/**
 * Names and attributes by OpenTelemetry's semantic conventions for clients of databases. Attributes
 * that not every call has are of high cardinality, because the meters of one name have the same
 * keys. Stateless.
 */
final class DatabaseConvention implements ObservationConvention<MemcachedCallContext> {

  static final String NAME = "memcached.calls";

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof MemcachedCallContext;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getContextualName(MemcachedCallContext call) {
    return call.getOperation() + " " + call.getCache().getName();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(MemcachedCallContext call) {
    return KeyValues.of(
        "db.system.name",
        "memcached",
        "db.collection.name",
        call.getCache().getName(),
        "db.operation.name",
        call.getOperation());
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(MemcachedCallContext call) {
    KeyValues known = address(call);
    Throwable failure = call.getError();
    return failure == null ? known : known.and("error.type", failure.getClass().getName());
  }

  /** The address of the server, if it is the only one of the cache. */
  private static KeyValues address(MemcachedCallContext call) {
    List<NodeMXBean> nodes = nodes(call);
    return nodes.size() == 1 ? address(nodes.get(0).getServer()) : KeyValues.empty();
  }

  private static List<NodeMXBean> nodes(MemcachedCallContext call) {
    try {
      return MemcachedCache.of(call.getCache()).nodes();
    } catch (IllegalStateException closed) {
      return List.of();
    }
  }

  /**
   * @param server a host with a port, or the path of a Unix socket
   */
  static KeyValues address(String server) {
    int colon = server.lastIndexOf(':');
    if (server.startsWith("/") || colon < 0) {
      return KeyValues.of("server.address", server);
    }
    String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
    return KeyValues.of(
        KeyValue.of("server.address", host),
        KeyValue.of("server.port", server.substring(colon + 1)));
  }
}
