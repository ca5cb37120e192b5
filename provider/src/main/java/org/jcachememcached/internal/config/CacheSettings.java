package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.List;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.internal.config.Setting.Scope;
import org.jcachememcached.internal.config.type.BooleanType;
import org.jcachememcached.internal.config.type.BuiltInCodec;
import org.jcachememcached.internal.config.type.ChoiceType;
import org.jcachememcached.internal.config.type.ClassNameType;
import org.jcachememcached.internal.config.type.CodecType;
import org.jcachememcached.internal.config.type.DigestType;
import org.jcachememcached.internal.config.type.DurationType;
import org.jcachememcached.internal.config.type.EntryClassType;
import org.jcachememcached.internal.config.type.FilterPatternType;
import org.jcachememcached.internal.config.type.IntegerType;
import org.jcachememcached.internal.config.type.KeyPrefixType;
import org.jcachememcached.internal.config.type.OptionalType;
import org.jcachememcached.internal.config.type.SizeType;

/** The settings of one cache, without those of {@link LoadSettings}. Stateless. */
public final class CacheSettings {

  private CacheSettings() {}

  public static final Setting<ExpiryRule> EXPIRY =
      new Setting<>(
          "expiry",
          Scope.CACHE,
          new ExpiryType(),
          "eternal",
          "When entries expire: never, or a time after they were created, last read (accessed),"
              + " last updated (modified), or last read or updated (touched).");

  public static final Setting<AccessExpiry> ACCESS_EXPIRY =
      new Setting<>(
          "access.expiry",
          Scope.CACHE,
          new ChoiceType<>(AccessExpiry.class),
          "auto",
          "What keeps the deadline that each access moves: the server, which takes one round trip"
              + " and is up to two seconds late, or the stored value, exactly and with two; auto"
              + " leaves durations of a minute or more to the server.");

  public static final Setting<String> KEY_TYPE =
      new Setting<>(
          "key.type",
          Scope.CACHE,
          new EntryClassType(),
          "java.lang.Object",
          "The class of the keys; getCache must be called with the same types.");

  public static final Setting<String> VALUE_TYPE =
      new Setting<>(
          "value.type",
          Scope.CACHE,
          new EntryClassType(),
          "java.lang.Object",
          "The class of the values; getCache must be called with the same types.");

  public static final Setting<String> LOADER =
      new Setting<>(
          "loader",
          Scope.CACHE,
          new OptionalType<>(new ClassNameType("is a CacheLoader or a Factory of one"), ""),
          "",
          "The CacheLoader of entries that are not in the cache.");

  public static final Setting<Boolean> READ_THROUGH =
      new Setting<>(
          "read.through",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether reading an entry that is not in the cache calls the loader.");

  public static final Setting<String> WRITER =
      new Setting<>(
          "writer",
          Scope.CACHE,
          new OptionalType<>(new ClassNameType("is a CacheWriter or a Factory of one"), ""),
          "",
          "The CacheWriter called before each write or removal.");

  public static final Setting<Boolean> WRITE_THROUGH =
      new Setting<>(
          "write.through",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether writing and removing entries calls the writer.");

  public static final Setting<List<ListenerRule>> LISTENERS =
      new Setting<>(
          "listeners",
          Scope.CACHE,
          new OptionalType<>(new ListenersType(), List.of()),
          "",
          "The listeners to the changes that this JVM makes to the cache.");

  public static final Setting<Boolean> STATISTICS =
      new Setting<>(
          "statistics",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether hits, misses and other statistics are counted and published as an MBean.");

  public static final Setting<Boolean> MANAGEMENT =
      new Setting<>(
          "management",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether the configuration of the cache is published as an MBean.");

  public static final Setting<String> CODEC =
      new Setting<>(
          "codec",
          Scope.CACHE,
          new CodecType(),
          BuiltInCodec.JAVA.toString(),
          "How values are converted to bytes: Java serialization with short forms for simple types,"
              + " text, unchanged bytes, JSON, or the named ValueCodec.");

  public static final Setting<ItemFormat> FORMAT =
      new Setting<>(
          "format",
          Scope.CACHE,
          new ChoiceType<>(ItemFormat.class),
          "auto",
          "The layout of items: the envelope of this provider around the bytes of the value, or the"
              + " bytes alone with the flags of clients in other languages; auto uses the envelope"
              + " for codecs that only Java can read.");

  public static final Setting<CompressionType> COMPRESSION_TYPE =
      new Setting<>(
          "compression.type",
          Scope.CACHE,
          new ChoiceType<>(CompressionType.class),
          "none",
          "The compression of values that are written; compressed values are readable whatever the"
              + " value of this setting.");

  public static final Setting<Long> COMPRESSION_THRESHOLD =
      new Setting<>(
          "compression.threshold",
          Scope.CACHE,
          new SizeType(0, 1L << 30),
          "4KiB",
          "The smallest number of bytes that is compressed.");

  public static final Setting<KeyStrategy> KEY_STRATEGY =
      new Setting<>(
          "key.strategy",
          Scope.CACHE,
          new ChoiceType<>(KeyStrategy.class),
          "auto",
          "How keys are written: as readable text if possible, always as their text, in base64, or"
              + " as a hash.");

  public static final Setting<String> KEY_DIGEST =
      new Setting<>(
          "key.digest",
          Scope.CACHE,
          new DigestType(),
          "SHA-256",
          "The message digest of the key strategy hash.");

  public static final Setting<String> KEY_PREFIX =
      new Setting<>(
          "key.prefix",
          Scope.CACHE,
          new KeyPrefixType(),
          "{application}:{cache}:",
          "The prefix of the keys of a cache on the servers; it must be different for each cache.");

  public static final Setting<FailurePolicy> ON_FAILURE =
      new Setting<>(
          "on.failure",
          Scope.CACHE,
          new ChoiceType<>(FailurePolicy.class),
          "degrade",
          "The result of a call when the servers fail: an exception, or, where a miss is a correct"
              + " answer, a miss.");

  public static final Setting<ClearStrategy> CLEAR =
      new Setting<>(
          "clear",
          Scope.CACHE,
          new ChoiceType<>(ClearStrategy.class),
          "scan",
          "How all entries of a cache are removed: by listing and removing them, or by giving the"
              + " cache a new generation; all clients of a cache must use the same value.");

  public static final Setting<Duration> GENERATION_CHECK =
      new Setting<>(
          "generation.check",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofMinutes(10)),
          "0s",
          "How long reads may use a generation that was read earlier, which delays the effect of a"
              + " clear by another client; with 0s every read fetches it.");

  public static final Setting<Integer> CAS_ATTEMPTS =
      new Setting<>(
          "cas.attempts",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "1000",
          "How often one operation may lose the race for its entry before it fails.");

  public static final Setting<Duration> QUEUE_WAIT =
      new Setting<>(
          "queue.wait",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofMinutes(10)),
          "5s",
          "How long a read-modify-write waits for the lock of its key in this JVM before it"
              + " proceeds without the lock.");

  public static final Setting<Integer> PAGE_SIZE =
      new Setting<>(
          "page.size",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "500",
          "The largest number of entries in one round trip of a bulk operation or an iteration.");

  public static final Setting<String> DESERIALIZATION_FILTER =
      new Setting<>(
          "deserialization.filter",
          Scope.CACHE,
          new FilterPatternType(),
          "",
          "Which classes may be deserialized in keys and values, applied before the built-in list"
              + " of classes known from attacks; classes that neither rejects are allowed.");

  public static final Setting<Integer> DESERIALIZATION_MAX_DEPTH =
      new Setting<>(
          "deserialization.max.depth",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "500",
          "The largest depth of nested objects in a key or value that is deserialized.");

  public static final Setting<Integer> DESERIALIZATION_MAX_REFERENCES =
      new Setting<>(
          "deserialization.max.references",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "1000000",
          "The largest number of references to objects in a key or value that is deserialized.");

  public static final Setting<Integer> DESERIALIZATION_MAX_ARRAY =
      new Setting<>(
          "deserialization.max.array",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "134217728",
          "The largest number of elements of an array in a key or value that is deserialized.");

  public static final Setting<Integer> DESERIALIZATION_MAX_BYTES =
      new Setting<>(
          "deserialization.max.bytes",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "134217728",
          "The largest number of bytes of a key or value that is deserialized.");

  public static final Setting<Boolean> NEAR_CACHE =
      new Setting<>(
          "near.cache",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether entries that were read stay in this JVM for a short time, so that the next plain"
              + " read of them takes no round trip.");

  public static final Setting<Duration> NEAR_TTL =
      new Setting<>(
          "near.ttl",
          Scope.CACHE,
          new DurationType(Duration.ofMillis(1), Duration.ofDays(1)),
          "1s",
          "How long an entry stays in the near cache at most, which delays the effect of changes by"
              + " other JVMs.");

  public static final Setting<Integer> NEAR_MAX_ENTRIES =
      new Setting<>(
          "near.max.entries",
          Scope.CACHE,
          new IntegerType(1, 100_000_000),
          "10000",
          "The largest number of entries in the near cache.");

  public static final Setting<Boolean> NEAR_MISSES =
      new Setting<>(
          "near.misses",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether a near cache also keeps that there is no entry. Not in a cache that reads"
              + " through.");

  static final List<Setting<?>> ALL =
      List.of(
          EXPIRY,
          ACCESS_EXPIRY,
          KEY_TYPE,
          VALUE_TYPE,
          LOADER,
          READ_THROUGH,
          WRITER,
          WRITE_THROUGH,
          LISTENERS,
          STATISTICS,
          MANAGEMENT,
          CODEC,
          FORMAT,
          COMPRESSION_TYPE,
          COMPRESSION_THRESHOLD,
          KEY_STRATEGY,
          KEY_DIGEST,
          KEY_PREFIX,
          ON_FAILURE,
          CLEAR,
          GENERATION_CHECK,
          NEAR_CACHE,
          NEAR_TTL,
          NEAR_MAX_ENTRIES,
          NEAR_MISSES,
          CAS_ATTEMPTS,
          QUEUE_WAIT,
          PAGE_SIZE,
          DESERIALIZATION_FILTER,
          DESERIALIZATION_MAX_DEPTH,
          DESERIALIZATION_MAX_REFERENCES,
          DESERIALIZATION_MAX_ARRAY,
          DESERIALIZATION_MAX_BYTES);
}
