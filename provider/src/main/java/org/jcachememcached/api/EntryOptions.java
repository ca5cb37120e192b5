package org.jcachememcached.api;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a write sets for the entry that it stores, in place of what the configuration of the cache
 * says. Immutable.
 *
 * <pre>{@code
 * import static org.jcachememcached.api.EntryOptions.expireAfter;
 *
 * cache.put("session", session, expireAfter(Duration.ofMinutes(20)));
 * cache.put("page", page, expireAfter(Duration.ofHours(1)).withTags("user 7", "menu"));
 * }</pre>
 */
public final class EntryOptions {

  /** The most tags of an entry. */
  public static final int MAX_TAGS = 64;

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final EntryOptions NONE = new EntryOptions(null, Set.of());
  private static final EntryOptions ETERNAL = new EntryOptions(FOREVER, Set.of());

  private final @Nullable Duration expiry;
  private final Set<String> tags;

  private EntryOptions(@Nullable Duration expiry, Set<String> tags) {
    this.expiry = expiry;
    this.tags = tags;
  }

  /** Options that set nothing. */
  public static EntryOptions none() {
    return NONE;
  }

  /**
   * The entry expires that long after the write. This takes the place of the durations that the
   * expiry policy has for creation and update (JSR-107 section 6); an access is left to the policy.
   *
   * @param duration in milliseconds, rounded up. Zero: the entry expires at once, so nothing is
   *     stored, and an existing entry is removed. More than 292 million years: it never expires
   * @throws IllegalArgumentException if the duration is negative
   */
  public static EntryOptions expireAfter(Duration duration) {
    return new EntryOptions(requireNotNegative(duration), Set.of());
  }

  /** The entry never expires, unless the expiry policy sets a deadline when it is accessed. */
  public static EntryOptions eternal() {
    return ETERNAL;
  }

  /**
   * The entry has tags: it is absent as soon as one of them is invalidated, see {@link
   * org.jcachememcached.MemcachedCacheManager#invalidateTag}. The expiry policy decides when it
   * expires.
   *
   * <p>A later write without tags stores the entry without tags; an access and a touch, which only
   * move its deadline, keep them. Every read of an entry with tags takes one round trip more. Only
   * caches with {@code format=envelope} hold tags: others refuse them with an {@link
   * UnsupportedOperationException}.
   *
   * @param tags any texts, the empty one included; the order and repetitions have no meaning
   * @throws IllegalArgumentException if there are more than {@value #MAX_TAGS} different ones
   * @throws NullPointerException if one is null
   */
  public static EntryOptions tagged(String... tags) {
    return NONE.withTags(tags);
  }

  /**
   * These options with tags, in place of the tags that they have.
   *
   * @param tags see {@link #tagged}
   */
  public EntryOptions withTags(String... tags) {
    Set<String> distinct = new LinkedHashSet<>(Arrays.asList(tags));
    if (distinct.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "The entry is to have %d tags; at most %d are allowed"
              .formatted(distinct.size(), MAX_TAGS));
    }
    return new EntryOptions(expiry, Set.copyOf(distinct));
  }

  private static Duration requireNotNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The duration after which an entry expires is %s; it must not be negative"
              .formatted(duration));
    }
    return duration;
  }

  /** When the entry expires, counted from the write; empty if the expiry policy decides. */
  public Optional<Duration> expiry() {
    return Optional.ofNullable(expiry);
  }

  /** The tags of the entry; an immutable set. */
  public Set<String> tags() {
    return tags;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntryOptions that
        && Objects.equals(expiry, that.expiry)
        && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expiry, tags);
  }

  @Override
  public String toString() {
    return "EntryOptions[expiry="
        + (expiry == null ? "by policy" : expiry)
        + ", tags="
        + tags
        + "]";
  }
}
