package org.jcachememcached.tck.annotations;

import com.google.inject.Guice;
import com.google.inject.Injector;
import javax.cache.annotation.BeanProvider;
import org.jcachememcached.guice.CacheAnnotationsModule;

/**
 * Hands the annotated classes of the TCK to its tests, created by Guice. The TCK finds it as a
 * service, and excludes its tests if it cannot be created. Thread-safe.
 */
public final class GuiceBeanProvider implements BeanProvider {

  private final Injector injector = Guice.createInjector(new CacheAnnotationsModule());

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return injector.getInstance(type);
  }
}
