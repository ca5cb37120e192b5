package org.jcachememcached.internal.codec.serialization;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import org.jcachememcached.internal.codec.serialization.ClassFilter.Verdict;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link DeserializationPolicy} and the JVM-wide filter to one deserialization, and
 * records what was refused and why, which the exception of the JDK does not contain. Not
 * thread-safe.
 */
public final class DeserializationGuard implements ObjectInputFilter {

  /** A hash table has up to eight slots per element, and an element takes at least one byte. */
  private static final int SLOTS_PER_BYTE = 8;

  /** A list that repeats one element has an array for all of them, and the bytes of one. */
  private static final int FREE_SLOTS = 1 << 16;

  private final DeserializationPolicy policy;
  private final @Nullable ObjectInputFilter jvmWide = Config.getSerialFilter();
  private final CollectionWalk walk;
  private final long bytes;
  private long slots;
  private int base;
  private int depth;
  private @Nullable String refusal;

  /**
   * @param bytes the number of bytes to be read
   */
  DeserializationGuard(DeserializationPolicy policy, int bytes) {
    this.policy = policy;
    this.bytes = bytes;
    this.walk = new CollectionWalk(policy.maxReferences());
  }

  @Override
  public Status checkInput(FilterInfo info) {
    depth = base + (int) Math.min(info.depth(), policy.maxDepth() + 1);
    String excess = excessOf(info);
    if (excess != null) {
      return refuse(excess);
    }
    Class<?> type = info.serialClass();
    Status ours = type == null ? Status.UNDECIDED : check(type);
    if (ours == Status.REJECTED || jvmWide == null) {
      return ours;
    }
    return switch (jvmWide.checkInput(info)) {
      case REJECTED -> refuse(subject(type) + ", because the JVM-wide filter does not allow it");
      case ALLOWED -> Status.ALLOWED;
      case UNDECIDED -> ours;
    };
  }

  private Status check(Class<?> type) {
    Verdict verdict = policy.classes().verdictOn(type);
    return verdict.status() == Status.REJECTED
        ? refuse(subject(type) + ", because " + verdict.reason())
        : verdict.status();
  }

  private static String subject(@Nullable Class<?> type) {
    return type == null ? "the object" : "the class " + type.getName();
  }

  /** Checks a class before an object of it is created. */
  public void require(Class<?> type) throws InvalidClassException {
    if (checkInput(new ClassInfo(type)) == Status.REJECTED) {
      throw new InvalidClassException(type.getName(), "refused");
    }
  }

  /**
   * Checks one more level of nesting, in data that is not Java serialization.
   *
   * @param outer the number of levels above
   */
  public void requireLevelBelow(int outer) throws InvalidObjectException {
    depth = outer + 1;
    if (depth > policy.maxDepth()) {
      refuse(excessiveDepth());
      throw new InvalidObjectException("refused");
    }
  }

  /** The level of nesting of the object that is being read. */
  public int depth() {
    return depth;
  }

  /**
   * Sets the level from which those of the next serialized object are counted.
   *
   * @return the previous one
   */
  public int countFrom(int levels) {
    int before = base;
    base = levels;
    return before;
  }

  /** Checks an object that has been read, before it is used. */
  public void requireShortWalk(Object object) throws InvalidObjectException {
    if (!walk.admits(object)) {
      refuse(
          tooMany(
              "references where shared parts count each time",
              policy.maxReferences(),
              CacheSettings.DESERIALIZATION_MAX_REFERENCES));
      throw new InvalidObjectException("refused");
    }
  }

  private @Nullable String excessOf(FilterInfo info) {
    if (bytes > policy.maxBytes()) {
      return tooMany("bytes", policy.maxBytes(), CacheSettings.DESERIALIZATION_MAX_BYTES);
    }
    if (depth > policy.maxDepth()) {
      return excessiveDepth();
    }
    if (info.references() > policy.maxReferences()) {
      return tooMany(
          "references", policy.maxReferences(), CacheSettings.DESERIALIZATION_MAX_REFERENCES);
    }
    return excessOf(info.arrayLength());
  }

  private @Nullable String excessOf(long arrayLength) {
    if (arrayLength > policy.maxArray()) {
      return tooMany(
          "elements in an array", policy.maxArray(), CacheSettings.DESERIALIZATION_MAX_ARRAY);
    }
    slots += Math.max(arrayLength, 0);
    return slots > FREE_SLOTS + bytes * SLOTS_PER_BYTE
        ? "arrays of " + slots + " elements, more than " + bytes + " bytes can fill"
        : null;
  }

  private String excessiveDepth() {
    return tooMany("levels of nesting", policy.maxDepth(), CacheSettings.DESERIALIZATION_MAX_DEPTH);
  }

  private static String tooMany(String what, int limit, Setting<?> setting) {
    return "more than "
        + limit
        + " "
        + what
        + ", the limit that the setting "
        + setting.name()
        + " sets";
  }

  private Status refuse(String what) {
    refusal = what;
    return Status.REJECTED;
  }

  /** What was refused and why, or null if nothing was. */
  @Nullable String refusal() {
    return refusal;
  }
}
