package org.jcachememcached.internal.codec.canonical;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jcachememcached.internal.codec.serialization.ClassSource;
import org.jspecify.annotations.Nullable;

/** The classes that were recorded while an object was written, to read it back. Not thread-safe. */
final class KnownClasses implements ClassSource {

  private final Map<String, Class<?>> byName = new HashMap<>();
  private final Map<List<Class<?>>, Class<?>> proxies = new HashMap<>();

  void add(Class<?> type) {
    byName.put(type.getName(), type);
  }

  void addProxy(Class<?> type) {
    List<Class<?>> interfaces = Arrays.asList(type.getInterfaces());
    interfaces.forEach(this::add);
    proxies.put(interfaces, type);
  }

  @Override
  public Class<?> load(String name) throws ClassNotFoundException {
    return found(byName.get(name), name);
  }

  @Override
  public Class<?> proxyOf(Class<?>... interfaces) throws ClassNotFoundException {
    return found(proxies.get(Arrays.asList(interfaces)), Arrays.toString(interfaces));
  }

  private static Class<?> found(@Nullable Class<?> type, String name)
      throws ClassNotFoundException {
    if (type == null) {
      throw new ClassNotFoundException("The class " + name + " is not part of the object");
    }
    return type;
  }
}
