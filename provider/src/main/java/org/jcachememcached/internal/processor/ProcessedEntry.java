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
 * the net effect of what the processor did, for the operation to apply afterwards. Serves one
 * attempt; not thread-safe.
 */
public final class ProcessedEntry<K, V> implements MutableEntry<K, V> {

  /** What the processor did in the end. */
  public enum Effect {
    /** It did not even look at the value, or there was none. */
    NONE,
    /** It read the value that was there. */
    READ,
    /** It read a value that had to be loaded. */
    LOADED,
    /** It set a value. */
    SET,
    /** It removed the entry. */
    REMOVED
  }

  private final K key;
  private final @Nullable Supplier<V> stored;
  private final LoadOnce<@Nullable V> load;
  private final TypeCheck<V> values;

  /** Whether there was a value before the processor changed anything, cached or loaded. */
  private boolean existed;

  /** Whether the processor saw the value in the cache before it changed anything. */
  private boolean accessed;

  private Effect effect = Effect.NONE;
  private @Nullable V value;

  /**
   * @param stored gives the value in the cache; null when there is none
   * @param load gives the value when the cache has none
   * @param values holds what is set to the type of the cache's values
   */
  public ProcessedEntry(
      K key, @Nullable Supplier<V> stored, LoadOnce<@Nullable V> load, TypeCheck<V> values) {
    this.key = key;
    this.stored = stored;
    this.load = load;
    this.values = values;
    this.existed = stored != null;
  }

  public Effect effect() {
    return effect;
  }

  /**
   * Whether the expiry policy is to be asked about an access: the first {@code getValue} counts as
   * one, even if the value is set afterwards (example 1 in the documentation of {@link
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
   * @throws ClassCastException if the value is of another type than the cache's
   */
  @Override
  public void setValue(V newValue) {
    value = values.require(Objects.requireNonNull((Object) newValue, "value"));
    effect = Effect.SET;
  }

  @Override
  public void remove() {
    // Removing what the processor itself has set, where nothing was, leaves nothing to do.
    effect = effect == Effect.SET && !existed ? Effect.NONE : Effect.REMOVED;
    value = null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this);
  }
}
