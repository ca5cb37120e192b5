package org.jcachememcached.internal.store.memcached;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.ServersMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of the servers of one store, each and all together, on the platform MBean server. A
 * store works without them where they cannot be registered. Thread-safe.
 *
 * <p>They are registered as soon as there is an MBean server. Most JVMs that no tool observes have
 * none, and to create it takes a large part of the time until the first reply.
 *
 * <p>The second store on the same servers has {@code store=2} in the names of its beans, and so on.
 */
final class NodeBeans implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeBeans.class);

  private final String servers;
  private final ServersMXBean all;
  private final Supplier<List<NodeMXBean>> nodes;
  private final Map<Object, ObjectName> registered = new HashMap<>();

  /** Those for which registration was tried last; null if there was no MBean server yet. */
  private @Nullable List<NodeMXBean> last;

  private boolean closed;

  /**
   * @param servers those of the store, as configured
   * @param all the servers together
   * @param nodes the present ones; another list after each change
   */
  NodeBeans(String servers, ServersMXBean all, Supplier<List<NodeMXBean>> nodes) {
    this.servers = servers;
    this.all = all;
    this.nodes = nodes;
  }

  /**
   * Registers and unregisters what is due, if that is possible; to be called at short intervals.
   */
  @SuppressWarnings("ReferenceEquality") // Most often nothing has changed.
  synchronized void tick() {
    List<NodeMXBean> present = nodes.get();
    if (!closed && present != last && !MBeanServerFactory.findMBeanServer(null).isEmpty()) {
      last = present;
      follow(present);
    }
  }

  private void follow(List<NodeMXBean> present) {
    Map<Object, ObjectName> left = new HashMap<>(registered);
    left.keySet().removeAll(present);
    left.remove(all);
    left.values().forEach(this::unregister);
    registered.keySet().removeAll(left.keySet());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    register(server, all, "type=Servers,servers=" + ObjectName.quote(servers));
    for (NodeMXBean node : present) {
      String properties =
          "type=Node,servers=%s,node=%s"
              .formatted(ObjectName.quote(servers), ObjectName.quote(node.getServer()));
      register(server, node, properties);
    }
  }

  private void register(MBeanServer server, Object bean, String properties) {
    if (registered.containsKey(bean)) {
      return;
    }
    String name = "org.jcachememcached:" + properties;
    try {
      boolean done = register(server, bean, new ObjectName(name));
      for (int store = 2; !done; store++) {
        done = register(server, bean, new ObjectName(name + ",store=" + store));
      }
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} cannot be registered as an MBean", name, e);
    }
  }

  private boolean register(MBeanServer server, Object bean, ObjectName name) throws JMException {
    try {
      server.registerMBean(bean, name);
      registered.put(bean, name);
      return true;
    } catch (InstanceAlreadyExistsException another) {
      return false;
    }
  }

  /** Unregisters them, for good. */
  @Override
  public synchronized void close() {
    closed = true;
    registered.values().forEach(this::unregister);
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
