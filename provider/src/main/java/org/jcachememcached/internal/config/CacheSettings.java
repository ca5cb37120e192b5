package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.List;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.internal.config.Setting.Scope;

/** The settings of one cache. */
public final class CacheSettings {

  private CacheSettings() {}

  public static final Setting<ExpiryRule> EXPIRY =
      new Setting<>(
          "expiry",
          Scope.CACHE,
          new ExpiryType(),
          "eternal",
          "When entries expire: never, or a time after they were created, last read (accessed),"
              + " last given a value (modified), or either (touched).");

  public static final Setting<String> KEY_TYPE =
      new Setting<>(
          "key.type",
          Scope.CACHE,
          new EntryClassType(),
          "java.lang.Object",
          "What the keys are; the types of a cache that is asked for must be the same.");

  public static final Setting<String> VALUE_TYPE =
      new Setting<>(
          "value.type",
          Scope.CACHE,
          new EntryClassType(),
          "java.lang.Object",
          "What the values are; the types of a cache that is asked for must be the same.");

  public static final Setting<String> LOADER =
      new Setting<>(
          "loader",
          Scope.CACHE,
          new OptionalType<>(new ClassNameType("is a CacheLoader or a Factory of one"), ""),
          "",
          "What loads entries that the cache does not hold.");

  public static final Setting<Boolean> READ_THROUGH =
      new Setting<>(
          "read.through",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether reading an entry that the cache does not hold asks the loader.");

  public static final Setting<String> WRITER =
      new Setting<>(
          "writer",
          Scope.CACHE,
          new OptionalType<>(new ClassNameType("is a CacheWriter or a Factory of one"), ""),
          "",
          "What hears of every entry that is written or removed before the cache does it.");

  public static final Setting<Boolean> WRITE_THROUGH =
      new Setting<>(
          "write.through",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether writing and removing entries tells the writer.");

  public static final Setting<List<ListenerRule>> LISTENERS =
      new Setting<>(
          "listeners",
          Scope.CACHE,
          new OptionalType<>(new ListenersType(), List.of()),
          "",
          "Who is told of what this JVM does to the cache.");

  public static final Setting<Boolean> STATISTICS =
      new Setting<>(
          "statistics",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether hits, misses and so on are counted and shown as an MBean.");

  public static final Setting<Boolean> MANAGEMENT =
      new Setting<>(
          "management",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether the configuration of the cache is shown as an MBean.");

  public static final Setting<String> CODEC =
      new Setting<>(
          "codec",
          Scope.CACHE,
          new CodecType(),
          BuiltInCodec.JAVA.toString(),
          "How values become bytes: Java serialization with short forms for simple types, text,"
              + " bytes as they are, JSON, or a ValueCodec of one's own, named by its class.");

  public static final Setting<ItemFormat> FORMAT =
      new Setting<>(
          "format",
          Scope.CACHE,
          new ChoiceType<>(ItemFormat.class),
          "auto",
          "What surrounds the bytes of a value: the envelope of this provider, or nothing, with the"
              + " flags that clients in other languages use; auto takes the envelope for codecs"
              + " that only Java can read.");

  public static final Setting<CompressionType> COMPRESSION_TYPE =
      new Setting<>(
          "compression.type",
          Scope.CACHE,
          new ChoiceType<>(CompressionType.class),
          "none",
          "What values are compressed with when they are written; all that is compressed can be"
              + " read whatever is set here.");

  public static final Setting<Long> COMPRESSION_THRESHOLD =
      new Setting<>(
          "compression.threshold",
          Scope.CACHE,
          new SizeType(0, 1L << 30),
          "4KiB",
          "From how many bytes on values are compressed.");

  public static final Setting<KeyStrategy> KEY_STRATEGY =
      new Setting<>(
          "key.strategy",
          Scope.CACHE,
          new ChoiceType<>(KeyStrategy.class),
          "auto",
          "How keys are written: as readable as they can be, as their bare text, in base64, or as a"
              + " hash.");

  public static final Setting<String> KEY_DIGEST =
      new Setting<>(
          "key.digest",
          Scope.CACHE,
          new DigestType(),
          "SHA-256",
          "What keys are hashed with by the key strategy hash.");

  public static final Setting<String> KEY_PREFIX =
      new Setting<>(
          "key.prefix",
          Scope.CACHE,
          new KeyPrefixType(),
          "{application}:{cache}:",
          "What the keys of a cache begin with on the servers; no two caches may begin alike.");

  public static final Setting<FailurePolicy> ON_FAILURE =
      new Setting<>(
          "on.failure",
          Scope.CACHE,
          new ChoiceType<>(FailurePolicy.class),
          "degrade",
          "What a call ends with when the servers fail: an exception, or, where that can be"
              + " answered truthfully, a miss.");

  public static final Setting<ClearStrategy> CLEAR =
      new Setting<>(
          "clear",
          Scope.CACHE,
          new ChoiceType<>(ClearStrategy.class),
          "scan",
          "How all entries of a cache are removed at once: by listing and removing them, or by"
              + " giving the cache another generation, which all clients of a cache must agree"
              + " on.");

  public static final Setting<Duration> GENERATION_CHECK =
      new Setting<>(
          "generation.check",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofMinutes(10)),
          "0s",
          "How long reads may go by a generation that was read before, so that a clear by another"
              + " client is seen that much later; 0s asks for it with every read.");

  public static final Setting<Integer> CAS_ATTEMPTS =
      new Setting<>(
          "cas.attempts",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "1000",
          "How often one operation may lose the race for its entry before it gives up.");

  public static final Setting<Duration> QUEUE_WAIT =
      new Setting<>(
          "queue.wait",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofMinutes(10)),
          "5s",
          "How long a read-modify-write waits for its turn behind others of this JVM on the same"
              + " key before it takes its chances without.");

  public static final Setting<Integer> PAGE_SIZE =
      new Setting<>(
          "page.size",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "500",
          "How many entries one round trip of a bulk operation or of an iteration carries at"
              + " most.");

  public static final Setting<String> DESERIALIZATION_FILTER =
      new Setting<>(
          "deserialization.filter",
          Scope.CACHE,
          new FilterPatternType(),
          "",
          "Which classes may be read from serialized keys and values, asked before the list of"
              + " those that attacks are known to use; what neither refuses is allowed.");

  public static final Setting<Integer> DESERIALIZATION_MAX_DEPTH =
      new Setting<>(
          "deserialization.max.depth",
          Scope.CACHE,
          new IntegerType(1, 100_000),
          "500",
          "How deep objects may be nested in a key or value that is read.");

  public static final Setting<Integer> DESERIALIZATION_MAX_REFERENCES =
      new Setting<>(
          "deserialization.max.references",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "1000000",
          "How many references to objects may be in a serialized key or value that is read.");

  public static final Setting<Integer> DESERIALIZATION_MAX_ARRAY =
      new Setting<>(
          "deserialization.max.array",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "134217728",
          "How many elements an array may have in a serialized key or value that is read.");

  public static final Setting<Integer> DESERIALIZATION_MAX_BYTES =
      new Setting<>(
          "deserialization.max.bytes",
          Scope.CACHE,
          new IntegerType(1, Integer.MAX_VALUE),
          "134217728",
          "How many bytes a serialized key or value may have that is read.");

  static final List<Setting<?>> ALL =
      List.of(
          EXPIRY,
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
          CAS_ATTEMPTS,
          QUEUE_WAIT,
          PAGE_SIZE,
          DESERIALIZATION_FILTER,
          DESERIALIZATION_MAX_DEPTH,
          DESERIALIZATION_MAX_REFERENCES,
          DESERIALIZATION_MAX_ARRAY,
          DESERIALIZATION_MAX_BYTES);
}
