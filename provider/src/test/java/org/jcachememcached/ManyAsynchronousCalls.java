package org.jcachememcached;

import java.net.URI;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.AsyncCache;

/** A hundred thousand calls from one thread, to a server that hangs; all of them have to end. */
final class ManyAsynchronousCalls {

  static final String SUCCESS = "all calls have ended";

  private static final int CALLS = 100_000;

  private ManyAsynchronousCalls() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<String, byte[]> cache =
          provider
              .getCacheManager(
                  URI.create("memcached://" + arguments[0] + "/?timeout=2s&on.failure=throw"),
                  ManyAsynchronousCalls.class.getClassLoader(),
                  new Properties())
              .createCache("many", new MutableConfiguration<>());
      AsyncCache<String, byte[]> async = MemcachedCache.of(cache).async();
      System.out.println(run(async));
    }
  }

  private static String run(AsyncCache<String, byte[]> async) throws InterruptedException {
    CountDownLatch pending = new CountDownLatch(CALLS);
    byte[] value = new byte[1024];
    for (int i = 0; i < CALLS; i++) {
      var call = i % 2 == 0 ? async.put("key" + i, value) : async.get("key" + i);
      call.whenComplete((result, failure) -> pending.countDown());
    }
    return pending.await(200, TimeUnit.SECONDS)
        ? SUCCESS
        : pending.getCount() + " calls have not ended";
  }
}
