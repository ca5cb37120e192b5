/**
 * A JCache (JSR-107) provider whose caches are stored in memcached.
 *
 * <p>Applications use the standard API, {@code javax.cache}: {@code Caching.getCachingProvider()}
 * finds {@link org.jcachememcached.MemcachedCachingProvider}. What goes beyond the standard is in
 * the package {@link org.jcachememcached}: {@link org.jcachememcached.MemcachedConfiguration} for
 * settings in code, and in {@link org.jcachememcached.api}: the types of settings, codecs for
 * values, and MBeans.
 *
 * <p>The libraries of the {@code requires static} directives are optional; each is needed for some
 * settings only. A JVM resolves those that are modules only if the application requires them or its
 * command line has {@code --add-modules}. The client of memcached is either spymemcached or the AWS
 * client, whose module has another name.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.jcachememcached {
  requires transitive cache.api;
  requires java.management;
  requires java.naming;
  requires java.xml;
  requires org.slf4j;
  requires static jdk.jfr;
  requires static org.jspecify;
  requires static com.github.benmanes.caffeine;
  requires static com.github.luben.zstd_jni;
  requires static org.lz4.java;
  requires static spymemcached;
  requires static tools.jackson.core;
  requires static tools.jackson.databind;
  requires static typesafe.config;

  exports org.jcachememcached;
  exports org.jcachememcached.api;

  provides javax.cache.spi.CachingProvider with
      org.jcachememcached.MemcachedCachingProvider;
}
