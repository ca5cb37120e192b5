package org.jcachememcached.internal.management;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.relation.MBeanServerNotificationFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration of one MXBean of one cache with the platform MBean server, under the name that
 * JSR-107 section 12.1 defines. Thread-safe.
 *
 * <p>Two managers with the same URI (and different class loaders, for example) use the same names:
 * the first cache that registers is shown, and only the one that has registered unregisters. Then
 * the next one registers, notified by the MBean server; this also works between applications that
 * each contain the provider.
 */
public final class JmxRegistration {

  private enum State {
    NOT_WANTED,
    WAITING,
    SHOWN
  }

  private static final Logger LOG = LoggerFactory.getLogger(JmxRegistration.class);

  private final NotificationListener whenNameIsFree = (notification, unused) -> showIfWaiting();
  private final Object bean;
  private final String type;
  private final URI manager;
  private final String cache;
  private State state = State.NOT_WANTED;

  private JmxRegistration(Object bean, String type, URI manager, String cache) {
    this.bean = bean;
    this.type = type;
    this.manager = manager;
    this.cache = cache;
  }

  public static JmxRegistration ofConfiguration(
      ConfigurationView<?> bean, URI manager, String cache) {
    return new JmxRegistration(bean, "CacheConfiguration", manager, cache);
  }

  public static JmxRegistration ofStatistics(Statistics bean, URI manager, String cache) {
    return new JmxRegistration(bean, "CacheStatistics", manager, cache);
  }

  /**
   * Registers the bean, as soon as its name is free; does nothing if it is registered.
   *
   * @throws CacheException if the MBean server refuses it
   */
  public synchronized void show() {
    if (state != State.NOT_WANTED) {
      return;
    }
    try {
      if (!register()) {
        LOG.info("{} is already registered by another cache manager with the same URI", name());
        awaitName();
        // The name may have become free in between.
        showIfWaiting();
      }
    } catch (JMException e) {
      throw new CacheException("The MBean " + name() + " cannot be registered", e);
    }
  }

  /** Unregisters the bean; does nothing if it is not registered. */
  public synchronized void hide() {
    State before = state;
    state = State.NOT_WANTED;
    try {
      if (before == State.SHOWN) {
        server().unregisterMBean(name());
      } else if (before == State.WAITING) {
        endWaiting();
      }
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was unregistered by other code", name());
    } catch (JMException | RuntimeException e) {
      LOG.warn("The MBean {} cannot be unregistered", name(), e);
    }
  }

  private boolean register() throws JMException {
    try {
      server().registerMBean(bean, name());
      state = State.SHOWN;
      return true;
    } catch (InstanceAlreadyExistsException e) {
      return false;
    }
  }

  private void awaitName() throws JMException {
    MBeanServerNotificationFilter filter = new MBeanServerNotificationFilter();
    filter.disableAllObjectNames();
    filter.enableObjectName(name());
    filter.enableType(MBeanServerNotification.UNREGISTRATION_NOTIFICATION);
    server()
        .addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, whenNameIsFree, filter, null);
    state = State.WAITING;
  }

  private void endWaiting() throws JMException {
    server().removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, whenNameIsFree);
  }

  private synchronized void showIfWaiting() {
    try {
      if (state == State.WAITING && register()) {
        endWaiting();
      }
    } catch (JMException | RuntimeException e) {
      LOG.warn("The MBean {} cannot be registered", name(), e);
    }
  }

  /** Creates the MBean server if there is none, which takes time: only where a bean is shown. */
  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private ObjectName name() {
    String name =
        "javax.cache:type=%s,CacheManager=%s,Cache=%s"
            .formatted(type, sanitized(manager.toString()), sanitized(cache));
    try {
      return new ObjectName(name);
    } catch (JMException e) {
      throw new CacheException("No MBean can be named " + name, e);
    }
  }

  /**
   * Replaces the characters that JSR-107 names, and those that would make the name a pattern or a
   * quotation.
   */
  private static String sanitized(String part) {
    return part.replaceAll("[:=\\n,*?\"\\r]", ".");
  }
}
