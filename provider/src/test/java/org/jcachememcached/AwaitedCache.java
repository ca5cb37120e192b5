package org.jcachememcached;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import org.jcachememcached.api.AsyncCache;
import org.jspecify.annotations.Nullable;

/** A cache whose calls are those of its asynchronous view, each of which is awaited. */
final class AwaitedCache {

  private AwaitedCache() {}

  @SuppressWarnings("unchecked")
  static <K, V> MemcachedCache<K, V> of(Cache<K, V> cache) {
    MemcachedCache<K, V> blocking = cache.unwrap(MemcachedCache.class);
    AsyncCache<K, V> async = blocking.async();
    return (MemcachedCache<K, V>)
        Proxy.newProxyInstance(
            AwaitedCache.class.getClassLoader(),
            new Class<?>[] {MemcachedCache.class},
            (proxy, method, arguments) -> call(method, arguments, async, blocking, proxy));
  }

  private static @Nullable Object call(
      Method method,
      @Nullable Object[] arguments,
      AsyncCache<?, ?> async,
      MemcachedCache<?, ?> blocking,
      Object proxy)
      throws Throwable {
    try {
      if (method.getName().equals("unwrap")) {
        return arguments[0] == ManagedCache.class ? blocking : proxy;
      }
      Method counterpart = counterpart(method);
      return counterpart == null
          ? method.invoke(blocking, arguments)
          : await((CompletionStage<?>) counterpart.invoke(async, arguments));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable Method counterpart(Method method) {
    try {
      return AsyncCache.class.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static @Nullable Object await(CompletionStage<?> stage) throws Throwable {
    try {
      return stage.toCompletableFuture().join();
    } catch (CancellationException e) {
      throw e;
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }
}
