package org.jcachememcached.guice;

import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** Carries out what {@link OnCacheFailure} says. Thread-safe. */
final class FailurePolicy {

  private final OnCacheFailure onCacheFailure;
  private final CacheFailures failures;

  FailurePolicy(OnCacheFailure onCacheFailure, CacheFailures failures) {
    this.onCacheFailure = onCacheFailure;
    this.failures = failures;
  }

  /** Asks a cache something; null if it fails and that is to be borne. */
  <T> @Nullable T ask(String cacheName, Supplier<@Nullable T> question) {
    try {
      return question.get();
    } catch (CacheException | IllegalStateException e) {
      if (!isFailureOfTheCache(e)) {
        throw e;
      }
      bear(cacheName, e);
      return null;
    }
  }

  /** Changes a cache, or bears that it fails. */
  void change(String cacheName, Runnable change) {
    this.<Void>ask(
        cacheName,
        () -> {
          change.run();
          return null;
        });
  }

  /** Counts a failure and goes on, or throws it. */
  void bear(String cacheName, RuntimeException failure) {
    if (onCacheFailure == OnCacheFailure.THROW) {
      throw failure;
    }
    failures.add(cacheName, failure);
  }

  private static boolean isFailureOfTheCache(RuntimeException e) {
    return !(e instanceof MissingCacheException
        || e instanceof CacheLoaderException
        || e instanceof CacheWriterException
        || e instanceof CacheEntryListenerException);
  }
}
