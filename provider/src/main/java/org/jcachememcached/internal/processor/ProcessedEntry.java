package org.jcachememcached.internal.processor;

import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jspecify.annotations.Nullable;

/**
 * The entry that an entry processor works on (JSR-107 section 9). It changes nothing: it records
 * the net effect of the processor, which the operation applies afterwards. For one attempt; not
 * thread-safe.
 */
public final class ProcessedEntry<K, V> implements MutableEntry<K, V> {

  /** The net effect of the processor. */
  public enum Effect {
    /** It has not read the value, or there was none. */
    NONE,
    /** It has read the cached value. */
    READ,
    /** It has read a value that was loaded. */
    LOADED,
    /** It has set a value. */
    SET,
    /** It has removed the entry. */
    REMOVED
  }

  private final K key;
  private final @Nullable Supplier<V> stored;
  private final LoadOnce<@Nullable V> load;
  private final TypeCheck<V> values;

  /** Whether there was a value before the processor changed anything, cached or loaded. */
  private boolean existed;

  /** Whether the processor has read the cached value before it changed anything. */
  private boolean accessed;

  private Effect effect = Effect.NONE;
  private @Nullable V value;

  /**
   * @param stored supplies the cached value; null if there is none
   * @param load supplies the value if none is cached
   * @param values checks the type of new values
   */
  public ProcessedEntry(
      K key, @Nullable Supplier<V> stored, LoadOnce<@Nullable V> load, TypeCheck<V> values) {
    this.key = key;
    this.stored = stored;
    this.load = load;
    this.values = values;
    this.existed = stored != null;
  }

  /** The net effect. */
  public Effect effect() {
    return effect;
  }

  /**
   * Whether the expiry policy applies to an access: the first {@code getValue} counts as one, even
   * if the value is set afterwards (example 1 in the documentation of {@link
   * javax.cache.processor.EntryProcessor}).
   */
  public boolean isAccessed() {
    return accessed;
  }

  /** The value that was set, loaded or read. */
  public V effectiveValue() {
    return Objects.requireNonNull(value);
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return switch (effect) {
      case NONE -> stored != null;
      case READ, LOADED, SET -> true;
      case REMOVED -> false;
    };
  }

  @Override
  public @Nullable V getValue() {
    if (effect == Effect.NONE) {
      read();
    }
    return value;
  }

  private void read() {
    value = stored != null ? stored.get() : load.get();
    if (value != null) {
      effect = stored != null ? Effect.READ : Effect.LOADED;
      existed = true;
      accessed = stored != null;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClassCastException if the value is not of the value type of the cache
   */
  @Override
  public void setValue(V newValue) {
    value = values.require(Objects.requireNonNull((Object) newValue, "value"));
    effect = Effect.SET;
  }

  @Override
  public void remove() {
    // Removing a value that the processor itself has set has no effect if there was no entry.
    effect = effect == Effect.SET && !existed ? Effect.NONE : Effect.REMOVED;
    value = null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this);
  }
}
