package org.jcachememcached.internal.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import javax.cache.processor.EntryProcessor;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.internal.operation.Append;
import org.jcachememcached.internal.operation.ContainsKey;
import org.jcachememcached.internal.operation.Count;
import org.jcachememcached.internal.operation.Get;
import org.jcachememcached.internal.operation.GetAndPut;
import org.jcachememcached.internal.operation.GetAndRemove;
import org.jcachememcached.internal.operation.GetAndReplace;
import org.jcachememcached.internal.operation.GetOrCompute;
import org.jcachememcached.internal.operation.GetVersioned;
import org.jcachememcached.internal.operation.Invoke;
import org.jcachememcached.internal.operation.InvokeForResult;
import org.jcachememcached.internal.operation.MarkStale;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Put;
import org.jcachememcached.internal.operation.PutIfAbsent;
import org.jcachememcached.internal.operation.Remove;
import org.jcachememcached.internal.operation.RemoveConditionally;
import org.jcachememcached.internal.operation.RemoveVersion;
import org.jcachememcached.internal.operation.Replace;
import org.jcachememcached.internal.operation.ReplaceConditionally;
import org.jcachememcached.internal.operation.ReplaceVersion;
import org.jcachememcached.internal.operation.Touch;
import org.jcachememcached.internal.operation.WholeNumbers;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the calls of a cache consist of, for its blocking and its asynchronous view
 * alike. Each method checks that the cache is open, and its arguments. Thread-safe.
 */
public final class CacheOperations<K, V> {

  private final Guard guard;
  private final OperationContext<K, V> context;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final ItemFormat format;
  private final @Nullable WholeNumbers<V> numbers;

  CacheOperations(
      Guard guard,
      OperationContext<K, V> context,
      Class<K> keyType,
      Class<V> valueType,
      ItemFormat format) {
    this.guard = guard;
    this.context = context;
    this.keyType = keyType;
    this.valueType = valueType;
    this.format = format;
    this.numbers = WholeNumbers.of(valueType);
  }

  public Get<K, V> get(K key) {
    return Get.readThrough(context, checkedKey(key));
  }

  public ContainsKey<K, V> containsKey(K key) {
    return ContainsKey.of(context, checkedKey(key));
  }

  public Put<K, V> put(K key, V value) {
    return put(context, key, value);
  }

  private Put<K, V> put(OperationContext<K, V> ofEntry, K key, V value) {
    return new Put<>(ofEntry, checkedKey(key), checkedValue(value));
  }

  public Put<K, V> put(K key, V value, EntryOptions options) {
    return put(with(options), key, value);
  }

  /** One operation for each entry. */
  public List<Put<K, V>> putAll(Map<? extends K, ? extends V> map) {
    return putAll(map, EntryOptions.none());
  }

  /** One operation for each entry. */
  public List<Put<K, V>> putAll(Map<? extends K, ? extends V> map, EntryOptions options) {
    guard.requireOpen();
    OperationContext<K, V> ofEntries = with(options);
    List<Put<K, V>> puts = new ArrayList<>(map.size());
    map.forEach((key, value) -> puts.add(put(ofEntries, key, value)));
    return puts;
  }

  public GetAndPut<K, V> getAndPut(K key, V value) {
    return new GetAndPut<>(context, checkedKey(key), checkedValue(value));
  }

  public PutIfAbsent<K, V> putIfAbsent(K key, V value) {
    return putIfAbsent(key, value, EntryOptions.none());
  }

  public PutIfAbsent<K, V> putIfAbsent(K key, V value, EntryOptions options) {
    return new PutIfAbsent<>(with(options), checkedKey(key), checkedValue(value));
  }

  public Remove<K, V> remove(K key) {
    return Remove.answered(context, checkedKey(key));
  }

  public RemoveConditionally<K, V> remove(K key, V oldValue) {
    return new RemoveConditionally<>(context, checkedKey(key), checkedValue(oldValue));
  }

  public GetAndRemove<K, V> getAndRemove(K key) {
    return new GetAndRemove<>(context, checkedKey(key));
  }

  public Replace<K, V> replace(K key, V value) {
    return replace(key, value, EntryOptions.none());
  }

  public Replace<K, V> replace(K key, V value, EntryOptions options) {
    return new Replace<>(with(options), checkedKey(key), checkedValue(value));
  }

  public ReplaceConditionally<K, V> replace(K key, V oldValue, V newValue) {
    return new ReplaceConditionally<>(
        context, checkedKey(key), checkedValue(oldValue), checkedValue(newValue));
  }

  public GetAndReplace<K, V> getAndReplace(K key, V value) {
    return new GetAndReplace<>(context, checkedKey(key), checkedValue(value));
  }

  /**
   * Computes the value if there is no entry.
   *
   * @param function from the key to the value, or to null
   */
  public GetOrCompute<K, V> getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function, EntryOptions options) {
    Objects.requireNonNull(function, "function");
    return new GetOrCompute<>(
        with(options), checkedKey(key), () -> valueType.cast(function.apply(key)));
  }

  public GetVersioned<K, V> getVersioned(K key) {
    return new GetVersioned<>(context, checkedKey(key));
  }

  public ReplaceVersion<K, V> replace(K key, V value, EntryVersion version) {
    return new ReplaceVersion<>(
        context, checkedKey(key), checkedValue(value), Objects.requireNonNull(version, "version"));
  }

  public RemoveVersion<K, V> remove(K key, EntryVersion version) {
    return new RemoveVersion<>(
        context, checkedKey(key), Objects.requireNonNull(version, "version"));
  }

  public Touch<K, V> touch(K key, Duration duration) {
    return new Touch<>(context, checkedKey(key), checkedDuration(duration));
  }

  /** One operation for each key. */
  public List<Touch<K, V>> touchAll(List<K> keys, Duration duration) {
    return keys.stream().map(key -> touch(key, duration)).toList();
  }

  public MarkStale<K, V> markStale(K key) {
    return new MarkStale<>(context, checkedKey(key));
  }

  private static Duration checkedDuration(Duration duration) {
    return EntryOptions.expireAfter(duration).expiry().orElseThrow();
  }

  /** Counts up or down in an entry that there is; the result is empty if there is none. */
  public Count<K, V> count(K key, Direction direction, long delta) {
    return count(key, direction, delta, OptionalLong.empty(), EntryOptions.none());
  }

  /**
   * Counts up or down, or creates the entry; the result is present.
   *
   * @param initial the number of a new entry
   * @param options of a new entry
   */
  public Count<K, V> count(
      K key, Direction direction, long delta, long initial, EntryOptions options) {
    return count(key, direction, delta, OptionalLong.of(initial), options);
  }

  private Count<K, V> count(
      K key, Direction direction, long delta, OptionalLong initial, EntryOptions options) {
    K checked = checkedKey(key);
    WholeNumbers<V> countable = countable();
    requireCountable("delta", delta, Long.MAX_VALUE);
    initial.ifPresent(number -> requireCountable("initial value", number, countable.max()));
    if (!options.tags().isEmpty()) {
      throw new IllegalArgumentException(
          "A counter cannot have tags; the options have " + options.tags());
    }
    return new Count<>(
        context, checked, countable, direction, delta, initial, context.with(options));
  }

  private WholeNumbers<V> countable() {
    if (numbers == null) {
      throw guard.unsupported(
          " has values of type %s, which cannot be counted: the value type must be Long, Integer, Short, Byte, Number or Object"
              .formatted(valueType.getName()));
    }
    return numbers;
  }

  private static void requireCountable(String what, long number, long max) {
    if (number < 0 || number > max) {
      throw new IllegalArgumentException(
          "The %s is %d; it must be from 0 to %d".formatted(what, number, max));
    }
  }

  /** Appends or prepends text or bytes. */
  public Append<K, V> append(K key, V part, Side side) {
    K checked = checkedKey(key);
    if (!Append.isPossible(valueType, checkedValue(part))) {
      throw guard.unsupported(
          " has values of type %s, and a %s is to be appended; both must be String or byte[]"
              .formatted(valueType.getName(), part.getClass().getName()));
    }
    return new Append<>(context, checked, part, side);
  }

  /** One operation for each key, which says whether there was an entry. */
  public List<Remove<K, V>> removeEach(List<K> keys) {
    return keys.stream().map(this::remove).toList();
  }

  /** One operation for each key, whose result has no meaning. */
  public List<Remove<K, V>> removeAll(Set<? extends K> keys) {
    return keys(keys).stream().map(key -> Remove.unanswered(context, key)).toList();
  }

  public <T> Invoke<K, V, T> invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    return new Invoke<>(
        context, checkedKey(key), Objects.requireNonNull(processor, "entryProcessor"), arguments);
  }

  /** One operation for each key. */
  public <T> List<InvokeForResult<K, V, T>> invokeAll(
      List<K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    Objects.requireNonNull(processor, "entryProcessor");
    return keys.stream()
        .map(key -> new InvokeForResult<>(invoke(key, processor, arguments)))
        .toList();
  }

  /**
   * The value that there must be.
   *
   * @throws NoSuchElementException if there is none
   */
  public V required(K key, @Nullable V value) {
    if (value == null) {
      throw new NoSuchElementException(
          "%s has no entry for the key '%s'".formatted(guard.owner(), key));
    }
    return value;
  }

  /** The keys to which the answer is yes. */
  public static <K> Set<K> affirmed(List<K> keys, List<Boolean> answers) {
    Set<K> affirmed = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (answers.get(i)) {
        affirmed.add(keys.get(i));
      }
    }
    return affirmed;
  }

  private OperationContext<K, V> with(EntryOptions options) {
    Objects.requireNonNull(options, "options");
    if (format != ItemFormat.ENVELOPE && !options.tags().isEmpty()) {
      throw guard.unsupported(
          ": an entry cannot have tags: the cache stores values with format=%s, and tags need format=envelope"
              .formatted(format.name().toLowerCase(Locale.ROOT)));
    }
    return context.with(options);
  }

  /** The keys of a call, each of the configured type. */
  public List<K> keys(Set<? extends K> keys) {
    guard.requireOpen();
    List<K> checked = new ArrayList<>(keys.size());
    for (K key : keys) {
      checked.add(checkedKey(key));
    }
    return checked;
  }

  private K checkedKey(K key) {
    guard.requireOpen();
    return keyType.cast(Objects.requireNonNull(key, "key"));
  }

  private V checkedValue(V value) {
    return valueType.cast(Objects.requireNonNull(value, "value"));
  }
}
