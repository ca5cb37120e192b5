package org.jcachememcached.loaders;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Defines the classes of the tenant anew. Thread-safe. */
final class TenantLoader extends ClassLoader {

  TenantLoader(ClassLoader parent) {
    super(parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known == null && name.matches(".*\\.Tenant(\\$.*)?")) {
        return define(name);
      }
      return known != null ? known : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
