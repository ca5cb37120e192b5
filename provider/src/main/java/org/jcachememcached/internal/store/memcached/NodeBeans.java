package org.jcachememcached.internal.store.memcached;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcachememcached.internal.config.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of the servers of one store, on the platform MBean server. A store works without them
 * where they cannot be registered. Thread-safe.
 *
 * <p>The second store on the same servers has {@code store=2} in the names of its beans, and so on.
 */
final class NodeBeans implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeBeans.class);

  private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> registered = new ArrayList<>();

  /**
   * Registers them.
   *
   * @param servers those of the store, as configured
   */
  void register(List<Server> servers, List<ServerNode> nodes) {
    String all = servers.stream().map(Server::toString).collect(Collectors.joining(","));
    nodes.forEach(node -> register(all, node));
  }

  private synchronized void register(String servers, ServerNode node) {
    NodeView view = new NodeView(node);
    String name =
        "org.jcachememcached:type=Node,servers=%s,node=%s"
            .formatted(ObjectName.quote(servers), ObjectName.quote(address(node.server())));
    try {
      boolean done = register(view, new ObjectName(name));
      for (int store = 2; !done; store++) {
        done = register(view, new ObjectName(name + ",store=" + store));
      }
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} cannot be registered as an MBean", name, e);
    }
  }

  private boolean register(NodeView view, ObjectName name) throws JMException {
    try {
      mbeans.registerMBean(view, name);
      registered.add(name);
      return true;
    } catch (InstanceAlreadyExistsException another) {
      return false;
    }
  }

  private static String address(Server server) {
    return new Server(server.host(), server.port(), 1).toString();
  }

  /** Unregisters them; does nothing the second time. */
  @Override
  public synchronized void close() {
    registered.forEach(this::unregister);
    registered.clear();
  }

  private void unregister(ObjectName name) {
    try {
      mbeans.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was unregistered already", name);
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} cannot be unregistered", name, e);
    }
  }
}
