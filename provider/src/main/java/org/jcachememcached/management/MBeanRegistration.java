package org.jcachememcached.management;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MXBean of one cache on the platform MBean server, under the name that JSR-107 section 12.1
 * prescribes. Thread-safe.
 *
 * <p>Two managers with one URI (of two class loaders, say) share their names: the first cache that
 * registers is shown, and only the one that registered unregisters.
 */
public final class MBeanRegistration {

  private static final Logger LOG = LoggerFactory.getLogger(MBeanRegistration.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Object bean;
  private final ObjectName name;
  private boolean registered;

  private MBeanRegistration(Object bean, String type, URI manager, String cache) {
    this.bean = bean;
    this.name = objectName(type, manager, cache);
  }

  public static MBeanRegistration ofConfiguration(
      ConfigurationView<?> bean, URI manager, String cache) {
    return new MBeanRegistration(bean, "CacheConfiguration", manager, cache);
  }

  public static MBeanRegistration ofStatistics(Statistics bean, URI manager, String cache) {
    return new MBeanRegistration(bean, "CacheStatistics", manager, cache);
  }

  /** Registers or unregisters the bean; does nothing when it is already so. */
  public synchronized void setRegistered(boolean wanted) {
    if (wanted == registered) {
      return;
    }
    try {
      if (wanted) {
        register();
      } else {
        unregister();
      }
    } catch (JMException e) {
      throw new CacheException("The MBean " + name + " cannot be (un)registered", e);
    }
  }

  private void register() throws JMException {
    try {
      server.registerMBean(bean, name);
      registered = true;
    } catch (InstanceAlreadyExistsException e) {
      LOG.info("{} is already registered by another cache manager with the same URI", name);
    }
  }

  private void unregister() throws JMException {
    registered = false;
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was unregistered by somebody else", name);
    }
  }

  private static ObjectName objectName(String type, URI manager, String cache) {
    String name =
        "javax.cache:type=%s,CacheManager=%s,Cache=%s"
            .formatted(type, sanitized(manager.toString()), sanitized(cache));
    try {
      return new ObjectName(name);
    } catch (JMException e) {
      throw new CacheException("No MBean can be named " + name, e);
    }
  }

  /** The four that JSR-107 names, and those that would make the name a pattern or a quotation. */
  private static String sanitized(String part) {
    return part.replaceAll("[:=\\n,*?\"\\r]", ".");
  }
}
