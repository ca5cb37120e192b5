package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheResultTest {

  private final Caching caching = Caching.inMemory();
  private final Service service = caching.instance(Service.class);

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void answersFromTheCache() {
    assertThat(service.square(3)).isEqualTo(9);
    assertThat(service.square(3)).isEqualTo(9);
    assertThat(service.square(4)).isEqualTo(16);

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void storesTheBareValueUnderTheReferenceImplementationsKey() {
    service.square(3);

    assertThat(stored("squares", 3)).isEqualTo(9);
  }

  @Test
  void namesACacheAfterItsMethodIfNobodyElseDoes() {
    service.unnamed("a");

    assertThat(caching.manager().getCacheNames())
        .contains(Service.class.getName() + ".unnamed(java.lang.String)");
  }

  @Test
  void makesTheKeyOfTheParametersThatAreMeantForIt() {
    service.keyed("a", 1);
    service.keyed("a", 2);

    assertThat(service.calls).hasValue(1);
  }

  @Test
  void doesNotCacheNull() {
    assertThat(service.nothing("a")).isNull();
    assertThat(service.nothing("a")).isNull();

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void skipsTheLookupButStores() {
    assertThat(service.recomputed(3)).isEqualTo(1);
    assertThat(service.recomputed(3)).isEqualTo(2);
    assertThat(service.square(3)).isEqualTo(2);
  }

  @Test
  void throwsWhatTheMethodThrowsAndCachesItOnlyIfAsked() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.failing("a"))
          .isInstanceOf(IOException.class)
          .hasMessage("a");
      assertThat(service.calls).hasValue(call);
    }
  }

  @Test
  void cachesExceptionsInACacheOfTheirOwn() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.remembering("io"))
          .isInstanceOf(IOException.class)
          .hasMessage("io");
    }
    assertThat(service.calls).hasValue(1);
    assertThat(stored("failures", "io")).isInstanceOf(IOException.class);
  }

  @Test
  void cachesNoExceptionThatIsExcluded() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.remembering("unchecked"))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void cachesNoInterruption() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.remembering("interrupted"))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void throwsAnExceptionThatCannotBeStored() {
    assertThatThrownBy(() -> service.remembering("unserializable"))
        .isInstanceOf(UnserializableException.class);
  }

  @Test
  void skipsTheLookupOfExceptionsToo() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.failingAnew("a")).isInstanceOf(IOException.class);
    }
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void runsTheMethodWhenTheCacheHoldsSomethingOfAnotherType() {
    caching.instance(Service.class).text(3);

    assertThat(service.square(3)).isEqualTo(9);
  }

  @Test
  void refusesToCacheAFutureThatHidesBehindATypeParameter() {
    assertThat(service.hidden("a")).isInstanceOf(FutureTask.class);
    assertThat(service.hidden("a")).isInstanceOf(FutureTask.class);
    assertThat(service.calls).hasValue(2);
  }

  private @Nullable Object stored(String cache, Object parameter) {
    return caching
        .manager()
        .getCache(cache)
        .get(new DefaultGeneratedCacheKey(new Object[] {parameter}));
  }

  private static final class UnserializableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("unused")
    private final Object field = new Object();
  }

  @Singleton
  static class Service {

    final AtomicInteger calls = new AtomicInteger();

    @CacheResult(cacheName = "squares")
    int square(int number) {
      calls.incrementAndGet();
      return number * number;
    }

    @CacheResult(cacheName = "squares")
    String text(int number) {
      return "a text for " + number;
    }

    @CacheResult(cacheName = "squares", skipGet = true)
    int recomputed(int number) {
      return calls.incrementAndGet();
    }

    @CacheResult
    String unnamed(String key) {
      return key;
    }

    @CacheResult(cacheName = "keyed")
    String keyed(@CacheKey String key, int ignored) {
      calls.incrementAndGet();
      return key + ignored;
    }

    @CacheResult(cacheName = "nothing")
    @Nullable String nothing(String key) {
      calls.incrementAndGet();
      return null;
    }

    @CacheResult(cacheName = "failing")
    String failing(String key) throws IOException {
      calls.incrementAndGet();
      throw new IOException(key);
    }

    @CacheResult(cacheName = "failing", skipGet = true, exceptionCacheName = "failures")
    String failingAnew(String key) throws IOException {
      calls.incrementAndGet();
      throw new IOException(key);
    }

    @CacheResult(
        cacheName = "values",
        exceptionCacheName = "failures",
        nonCachedExceptions = UncheckedIOException.class)
    String remembering(String kind) throws IOException, InterruptedException {
      calls.incrementAndGet();
      switch (kind) {
        case "io" -> throw new IOException(kind);
        case "interrupted" -> throw new InterruptedException();
        case "unserializable" -> throw new UnserializableException();
        default -> throw new UncheckedIOException(new IOException(kind));
      }
    }

    @CacheResult(cacheName = "hidden")
    @SuppressWarnings("FutureReturnValueIgnored")
    Object hidden(String key) {
      calls.incrementAndGet();
      return new FutureTask<>(() -> key);
    }
  }
}
