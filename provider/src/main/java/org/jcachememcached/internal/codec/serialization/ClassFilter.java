package org.jcachememcached.internal.codec.serialization;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.lang.reflect.Proxy;
import org.jcachememcached.internal.codec.ClassMemo;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which classes may be read: the patterns of the application decide first, then {@link
 * DeniedClasses}; what neither decides is left to the JVM-wide filter. Thread-safe.
 */
final class ClassFilter {

  private static final Verdict UNDECIDED = new Verdict(Status.UNDECIDED, null);
  private static final Verdict ALLOWED = new Verdict(Status.ALLOWED, null);
  private static final Verdict OUTSIDE_OF_PATTERNS =
      new Verdict(
          Status.REJECTED,
          "the setting " + CacheSettings.DESERIALIZATION_FILTER.name() + " does not allow it");

  private final @Nullable ObjectInputFilter patterns;

  /** Each class is matched against the patterns once. */
  private final ClassMemo<Verdict> verdicts = new ClassMemo<>(this::judge);

  /**
   * @param patterns in the syntax of {@code jdk.serialFilter}, without limits; empty for none
   */
  ClassFilter(String patterns) {
    this.patterns = ObjectInputFilter.Config.createFilter(patterns);
  }

  Verdict verdictOn(Class<?> type) {
    return verdicts.get(type);
  }

  private Verdict judge(Class<?> type) {
    // The name of a proxy class means nothing; its interfaces are checked one by one.
    if (type.isPrimitive() || Proxy.isProxyClass(type)) {
      return ALLOWED;
    }
    Status status = patterns == null ? Status.UNDECIDED : patterns.checkInput(new ClassInfo(type));
    return switch (status) {
      case ALLOWED -> ALLOWED;
      case REJECTED -> OUTSIDE_OF_PATTERNS;
      case UNDECIDED -> unlessDenied(type);
    };
  }

  private static Verdict unlessDenied(Class<?> type) {
    String harm = DeniedClasses.harmOf(type);
    return harm == null
        ? UNDECIDED
        : new Verdict(
            Status.REJECTED,
            "it is known from attacks (%s); if it is needed, allow it in the setting %s"
                .formatted(harm, CacheSettings.DESERIALIZATION_FILTER.name()));
  }

  /**
   * The decision on a class. Immutable.
   *
   * @param reason why it is rejected, null when it is not
   */
  record Verdict(Status status, @Nullable String reason) {}
}
