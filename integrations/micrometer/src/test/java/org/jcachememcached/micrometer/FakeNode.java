package org.jcachememcached.micrometer;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jcachememcached.api.NodeMXBean;

/** A server whose attributes a test sets; 0 and {@code READY} at first. Thread-safe. */
final class FakeNode {

  private final Map<String, Object> attributes = new ConcurrentHashMap<>();

  /** Sets what the getter of that name returns, in the type of its result. */
  void set(String getter, Object value) {
    attributes.put(getter, value);
  }

  NodeMXBean view() {
    return (NodeMXBean)
        Proxy.newProxyInstance(
            FakeNode.class.getClassLoader(),
            new Class<?>[] {NodeMXBean.class},
            (proxy, method, arguments) -> attribute(method));
  }

  private Object attribute(Method getter) {
    return attributes.computeIfAbsent(getter.getName(), name -> first(getter.getReturnType()));
  }

  private static Object first(Class<?> type) {
    if (type == String.class) {
      return "READY";
    } else if (type == int.class) {
      return 0;
    } else if (type == long.class) {
      return 0L;
    }
    return 0.0;
  }
}
