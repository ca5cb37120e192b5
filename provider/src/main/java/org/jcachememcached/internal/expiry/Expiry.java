package org.jcachememcached.internal.expiry;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcachememcached.internal.config.AccessExpiry;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts the durations of an {@link ExpiryPolicy} into deadlines (JSR-107 section 6), in
 * milliseconds since the epoch. An entry with a deadline that is not after now has expired.
 *
 * <p>The durations of the policies that come with JCache are known and constant, which allows
 * operations to skip reading the old entry. A policy that throws has no effect: a new entry then
 * never expires, an existing one keeps its deadline. Thread-safe if the policy is.
 */
public final class Expiry {

  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private static final Set<Class<? extends ExpiryPolicy>> STANDARD =
      Set.of(
          EternalExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          AccessedExpiryPolicy.class,
          TouchedExpiryPolicy.class);

  private final ExpiryPolicy policy;
  private final boolean creationKnown;
  private final boolean sameForCreationAndUpdate;
  private final boolean keptOnUpdate;
  private final boolean keptOnAccess;
  private final boolean leftToStore;
  private final AccessExpiry accessExpiry;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  /**
   * @param accessExpiry whether accesses may leave the expiry to the store
   */
  public Expiry(ExpiryPolicy policy, AccessExpiry accessExpiry) {
    this.policy = policy;
    this.accessExpiry = accessExpiry;
    boolean known = STANDARD.contains(policy.getClass());
    Duration creation = known ? policy.getExpiryForCreation() : null;
    Duration access = known ? policy.getExpiryForAccess() : null;
    Duration update = known ? policy.getExpiryForUpdate() : null;
    boolean forEver = creation != null && creation.isEternal();
    this.creationKnown = creation != null && !creation.isZero();
    boolean eternal =
        forEver && (access == null || access.isEternal()) && (update == null || update.isEternal());
    this.sameForCreationAndUpdate = eternal || (creationKnown && Objects.equals(creation, update));
    this.keptOnUpdate = known && update == null;
    this.keptOnAccess = known && access == null;
    this.leftToStore =
        access != null && !access.isEternal() && accessExpiry.isLeftToServer(millis(access));
  }

  private Expiry(Expiry ofCache, Duration ofEntry) {
    this.policy = new EntryExpiryPolicy(ofEntry, ofCache.policy);
    this.creationKnown = !ofEntry.isZero();
    this.sameForCreationAndUpdate = creationKnown;
    this.keptOnUpdate = false;
    this.keptOnAccess = ofCache.keptOnAccess;
    this.leftToStore = false;
    this.accessExpiry = ofCache.accessExpiry;
  }

  /**
   * The same, but an entry that is created or updated expires that long afterwards, exactly.
   *
   * @param duration in milliseconds, rounded up; not negative
   */
  public Expiry withDuration(java.time.Duration duration) {
    return new Expiry(this, inMillis(duration));
  }

  private static Duration inMillis(java.time.Duration duration) {
    try {
      long millis = duration.plusNanos(999_999).toMillis();
      return new Duration(TimeUnit.MILLISECONDS, millis);
    } catch (ArithmeticException tooLong) {
      return Duration.ETERNAL;
    }
  }

  /** The deadline of an entry that expires that long after now. */
  public static long deadline(java.time.Duration duration, long now) {
    return after(inMillis(duration), now);
  }

  /** Whether the store is precise enough for a deadline that is that far away. */
  public boolean isLeftToStore(java.time.Duration duration) {
    Duration millis = inMillis(duration);
    return millis.isEternal() || accessExpiry.isLeftToServer(millis(millis));
  }

  /** The deadline of an entry that is created now. */
  public long onCreation(long now) {
    Duration duration = ask(policy::getExpiryForCreation);
    return duration == null ? Item.FOREVER : after(duration, now);
  }

  /** The deadline of an entry that is read now and has the given deadline so far. */
  public long onAccess(long now, long deadline) {
    Duration duration = ask(policy::getExpiryForAccess);
    return duration == null ? deadline : after(duration, now);
  }

  /** The deadline of an entry that is updated now and has the given deadline so far. */
  public long onUpdate(long now, long deadline) {
    Duration duration = ask(policy::getExpiryForUpdate);
    return duration == null ? deadline : after(duration, now);
  }

  /** Whether the duration of new entries is known without calling the policy, and not zero. */
  public boolean isCreationKnown() {
    return creationKnown;
  }

  /** Whether new entries are known, without calling the policy, to live for no longer than that. */
  public boolean isKnownToEndWithin(java.time.Duration time) {
    Duration creation = creationKnown ? policy.getExpiryForCreation() : null;
    return creation != null && !creation.isEternal() && millis(creation) <= time.toMillis();
  }

  /** Whether an update leaves the deadline as it is, without calling the policy. */
  public boolean isKeptOnUpdate() {
    return keptOnUpdate;
  }

  /** Whether an access leaves the deadline as it is, without calling the policy. */
  public boolean isKeptOnAccess() {
    return keptOnAccess;
  }

  /** The name of the class of the policy. */
  public String policyName() {
    return policy.getClass().getName();
  }

  /** Whether a write sets the same deadline with and without a previous entry. */
  public boolean isSameForCreationAndUpdate() {
    return sameForCreationAndUpdate;
  }

  /**
   * Whether each access sets a deadline that the store may keep: the duration is known without
   * calling the policy, and the store is precise enough for it.
   */
  public boolean isLeftToStore() {
    return leftToStore;
  }

  private @Nullable Duration ask(Supplier<@Nullable Duration> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      if (failureLogged.compareAndSet(false, true)) {
        LOG.warn("The expiry policy {} failed and is ignored", policy, e);
      }
      return null;
    }
  }

  private static long after(Duration duration, long now) {
    if (duration.isEternal()) {
      return Item.FOREVER;
    }
    long deadline = now + millis(duration);
    return deadline < now ? Item.FOREVER : deadline;
  }

  private static long millis(Duration duration) {
    return duration.getTimeUnit().toMillis(duration.getDurationAmount());
  }
}
