package org.jcachememcached.internal.codec.serialization;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.lang.reflect.Proxy;
import org.jcachememcached.internal.codec.ClassMemo;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which classes may be read: the patterns of the application decide first, then {@link
 * DeniedClasses}; what neither decides is left to others. Thread-safe.
 */
final class ClassFilter {

  private static final Verdict UNDECIDED = new Verdict(Status.UNDECIDED, null);
  private static final Verdict ALLOWED = new Verdict(Status.ALLOWED, null);
  private static final Verdict OUTSIDE_OF_PATTERNS =
      new Verdict(
          Status.REJECTED,
          "the setting " + CacheSettings.DESERIALIZATION_FILTER.name() + " does not allow it");

  private final @Nullable ObjectInputFilter patterns;

  /** Patterns are many and classes few: each class is held against them once. */
  private final ClassMemo<Verdict> verdicts = new ClassMemo<>(this::judge);

  /**
   * @param patterns as {@code jdk.serialFilter} takes them, without limits; empty for none
   */
  ClassFilter(String patterns) {
    this.patterns = ObjectInputFilter.Config.createFilter(patterns);
  }

  Verdict verdictOn(Class<?> type) {
    return verdicts.get(type);
  }

  private Verdict judge(Class<?> type) {
    // The class of a proxy has a name that means nothing; its interfaces are judged one by one.
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
   * What the filter says of a class. Immutable.
   *
   * @param reason why it is rejected, null when it is not
   */
  record Verdict(Status status, @Nullable String reason) {}
}
