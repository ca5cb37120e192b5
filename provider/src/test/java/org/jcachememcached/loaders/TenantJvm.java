package org.jcachememcached.loaders;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedCachingProvider;

/**
 * Lets a {@link Tenant} come and go, and says whether its class loader could be collected. To be
 * run with {@code -XX:SoftRefLRUPolicyMSPerMB=0}: the JDK itself keeps serializable classes softly.
 */
public final class TenantJvm {

  private static final int ROUNDS = 100;
  private static final long PAUSE_MILLIS = 100;

  private TenantJvm() {}

  /**
   * Runs tenants, one after the other.
   *
   * @param arguments where the provider is ({@code shared} by all, or the tenant's {@code own}),
   *     how the tenant goes ({@code closes}, {@code forgets}), and the URI of its manager
   */
  public static void main(String[] arguments) throws Exception {
    boolean shared = arguments[0].equals("shared");
    boolean closes = arguments[1].equals("closes");
    URI uri = URI.create(arguments[2]);
    MemcachedCachingProvider provider = new MemcachedCachingProvider();
    WeakReference<ClassLoader> loader =
        shared ? tenantOf(provider, closes, uri) : tenantWithProvider(uri);
    System.out.println(isCollected(loader) ? "collected" : "still there");
  }

  private static WeakReference<ClassLoader> tenantOf(
      CachingProvider provider, boolean closes, URI uri) throws Exception {
    ClassLoader loader = new TenantLoader(TenantJvm.class.getClassLoader());
    run(loader, provider, uri);
    if (closes) {
      provider.close(loader);
    }
    return new WeakReference<>(loader);
  }

  private static WeakReference<ClassLoader> tenantWithProvider(URI uri) throws Exception {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(TenantJvm::url)
            .toArray(URL[]::new);
    URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    AutoCloseable provider =
        (AutoCloseable)
            loader
                .loadClass(MemcachedCachingProvider.class.getName())
                .getConstructor()
                .newInstance();
    run(loader, provider, uri);
    provider.close();
    loader.close();
    return new WeakReference<>(loader);
  }

  private static URL url(String file) {
    try {
      return Path.of(file).toUri().toURL();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As application servers do it: in a thread that lives on, with the loader as its context. */
  private static void run(ClassLoader loader, Object provider, URI uri) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> tenant = loader.loadClass(Tenant.class.getName());
      Class<?> providers = loader.loadClass(CachingProvider.class.getName());
      tenant.getMethod("use", providers, URI.class).invoke(null, provider, uri);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader) throws Exception {
    for (int i = 0; i < ROUNDS && loader.get() != null; i++) {
      System.gc();
      // The JDK's serialization lets go of the classes of others when it is used next.
      serializeSomething();
      Thread.sleep(PAUSE_MILLIS);
    }
    return loader.get() == null;
  }

  private static void serializeSomething() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(new ArrayList<>());
    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
