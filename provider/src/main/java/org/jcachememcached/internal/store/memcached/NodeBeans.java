package org.jcachememcached.internal.store.memcached;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of the servers of one store, on the platform MBean server. A store works without them
 * where they cannot be registered. Thread-safe.
 *
 * <p>They are registered as soon as there is an MBean server. Most JVMs that no tool observes have
 * none, and to create it takes a large part of the time until the first reply.
 *
 * <p>The second store on the same servers has {@code store=2} in the names of its beans, and so on.
 */
final class NodeBeans implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeBeans.class);

  private final List<Server> servers;
  private final List<NodeMXBean> nodes;
  private final List<ObjectName> registered = new ArrayList<>();
  private volatile boolean begun;

  /**
   * @param servers those of the store, as configured
   */
  NodeBeans(List<Server> servers, List<NodeMXBean> nodes) {
    this.servers = servers;
    this.nodes = nodes;
  }

  /** Registers them if that is possible now; to be called at short intervals. */
  void tick() {
    if (!begun && !MBeanServerFactory.findMBeanServer(null).isEmpty()) {
      register();
    }
  }

  private synchronized void register() {
    if (!begun) {
      begun = true;
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      String all = servers.stream().map(Server::toString).collect(Collectors.joining(","));
      nodes.forEach(node -> register(server, all, node));
    }
  }

  private void register(MBeanServer server, String servers, NodeMXBean node) {
    String name =
        "org.jcachememcached:type=Node,servers=%s,node=%s"
            .formatted(ObjectName.quote(servers), ObjectName.quote(node.getServer()));
    try {
      boolean done = register(server, node, new ObjectName(name));
      for (int store = 2; !done; store++) {
        done = register(server, node, new ObjectName(name + ",store=" + store));
      }
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} cannot be registered as an MBean", name, e);
    }
  }

  private boolean register(MBeanServer server, NodeMXBean node, ObjectName name)
      throws JMException {
    try {
      server.registerMBean(node, name);
      registered.add(name);
      return true;
    } catch (InstanceAlreadyExistsException another) {
      return false;
    }
  }

  /** Unregisters them, for good. */
  @Override
  public synchronized void close() {
    begun = true;
    registered.forEach(this::unregister);
    registered.clear();
  }

  private void unregister(ObjectName name) {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was unregistered already", name);
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} cannot be unregistered", name, e);
    }
  }
}
