package org.jcachememcached.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description of one setting; {@link #ALL} of them are the reference of what can be set.
 * Immutable.
 *
 * @param name as a parameter of the manager's URI; as a property it has {@link #PROPERTY_PREFIX}
 *     before it
 * @param scope what it belongs to
 * @param type what its values look like
 * @param defaultText its value where nobody says another
 * @param meaning what it is for, in one sentence
 * @param <T> what its value is in the program
 */
public record Setting<T>(
    String name, Scope scope, ValueType<T> type, String defaultText, String meaning) {

  /** What a setting belongs to. */
  public enum Scope {
    /** The connections to the servers: managers that share them agree on it. */
    CONNECTION,
    /** One manager. */
    MANAGER,
    /** One cache; what its manager is set to counts unless the cache is set to something else. */
    CACHE
  }

  /** What the names of our properties start with; all others are somebody else's. */
  public static final String PROPERTY_PREFIX = "memcached.";

  /** What the names of settings of one cache start with, before the name of the cache. */
  public static final String CACHE_PREFIX = "cache.";

  public static final Setting<List<Server>> SERVERS =
      new Setting<>(
          "servers",
          Scope.CONNECTION,
          new ServersType(),
          "127.0.0.1:" + Server.DEFAULT_PORT,
          "The memcached servers; the authority of the URI says the same.");

  public static final Setting<String> APPLICATION =
      new Setting<>(
          "application",
          Scope.MANAGER,
          new TextType(Pattern.compile("(?s).*"), "any text"),
          "",
          "What all keys of the manager start with, so that applications can share servers; the"
              + " path of the URI says the same.");

  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "timeout",
          Scope.CONNECTION,
          new DurationType(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "1s",
          "How long one command may take.");

  public static final Setting<String> ENV_PREFIX =
      new Setting<>(
          "env.prefix",
          Scope.MANAGER,
          new TextType(
              Pattern.compile("\\w*"), "letters, digits and underscores, or nothing for no prefix"),
          "",
          "Takes the servers from the environment variable <prefix>_MEMCACHED_SERVERS instead of"
              + " MEMCACHED_SERVERS.");

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
          "How many entries one round trip of a bulk operation or of an iteration carries.");

  public static final Setting<FailurePolicy> ON_FAILURE =
      new Setting<>(
          "on.failure",
          Scope.CACHE,
          new ChoiceType<>(FailurePolicy.class),
          "degrade",
          "What a call ends with when the servers fail: an exception, or, where that can be answered"
              + " truthfully, a miss.");

  public static final Setting<String> DESERIALIZATION_FILTER =
      new Setting<>(
          "deserialization.filter",
          Scope.CACHE,
          new FilterPatternType(),
          "",
          "Which classes may be read from serialized keys and values, asked before the list of those"
              + " that attacks are known to use; what neither refuses is allowed.");

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

  public static final Setting<ClearStrategy> CLEAR =
      new Setting<>(
          "clear",
          Scope.CACHE,
          new ChoiceType<>(ClearStrategy.class),
          "scan",
          "How all entries of a cache are removed at once: by listing and removing them, or by giving"
              + " the cache another generation, which all clients of a cache must agree on.");

  public static final Setting<Duration> GENERATION_CHECK =
      new Setting<>(
          "generation.check",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofMinutes(10)),
          "0s",
          "How long reads may go by a generation that was read before, so that a clear by another"
              + " client is seen that much later; 0s asks for it with every read.");

  public static final Setting<Integer> MAX_REQUESTS =
      new Setting<>(
          "max.requests",
          Scope.CONNECTION,
          new IntegerType(1, 100_000),
          "8192",
          "How many requests may be under way to one server; more are refused at once.");

  public static final Setting<Long> MAX_BYTES =
      new Setting<>(
          "max.bytes",
          Scope.CONNECTION,
          new SizeType(1L << 20, 1L << 40),
          "64MiB",
          "How many bytes of requests may be under way to one server; more are refused at once.");

  public static final Setting<Integer> MAX_INVALIDATIONS =
      new Setting<>(
          "max.invalidations",
          Scope.CONNECTION,
          new IntegerType(1, 10_000_000),
          "100000",
          "How many keys are remembered for one server that cannot be asked to remove them; if there"
              + " are more, everything goes that is below their prefixes.");

  public static final Setting<String> USERNAME =
      new Setting<>(
          "username",
          Scope.CONNECTION,
          new SecretType(Pattern.compile("[^\\s:\\p{Cntrl}]*"), "a name without spaces and colons"),
          "",
          "The user name for servers with memcached's option -Y; empty for none.");

  public static final Setting<String> PASSWORD =
      new Setting<>(
          "password",
          Scope.CONNECTION,
          new SecretType(Pattern.compile("\\P{Cntrl}*"), "a text without control characters"),
          "",
          "The password that belongs to the user name.");

  public static final Setting<List<Server>> FALLBACK =
      new Setting<>(
          "fallback",
          Scope.CONNECTION,
          new OptionalServersType(),
          "",
          "The old servers that are asked for what the servers do not hold yet, while caches move.");

  public static final Setting<FallbackWrites> FALLBACK_WRITES =
      new Setting<>(
          "fallback.writes",
          Scope.CONNECTION,
          new ChoiceType<>(FallbackWrites.class),
          "new",
          "Which servers hold what is written while caches move: the new ones, or both.");

  /** Every setting there is, in the order of a reference table. */
  public static final List<Setting<?>> ALL =
      List.of(
          SERVERS,
          APPLICATION,
          TIMEOUT,
          ENV_PREFIX,
          CAS_ATTEMPTS,
          QUEUE_WAIT,
          PAGE_SIZE,
          ON_FAILURE,
          DESERIALIZATION_FILTER,
          DESERIALIZATION_MAX_DEPTH,
          DESERIALIZATION_MAX_REFERENCES,
          DESERIALIZATION_MAX_ARRAY,
          DESERIALIZATION_MAX_BYTES,
          CLEAR,
          GENERATION_CHECK,
          MAX_REQUESTS,
          MAX_BYTES,
          MAX_INVALIDATIONS,
          USERNAME,
          PASSWORD,
          FALLBACK,
          FALLBACK_WRITES);

  /** The setting as a property of a manager. */
  public String propertyName() {
    return PROPERTY_PREFIX + name;
  }

  /** The setting of that name; {@code origin} is where the name was found. */
  static Setting<?> named(String name, String origin) {
    for (Setting<?> setting : ALL) {
      if (setting.name.equals(name)) {
        return setting;
      }
    }
    List<String> known = ALL.stream().map(Setting::name).toList();
    throw new IllegalArgumentException(
        "Unknown setting \"%s\" in %s; the nearest known one is %s"
            .formatted(name, origin, EditDistance.nearest(name, known)));
  }

  @SuppressWarnings("unchecked") // Only its own values are ever put below a setting.
  T in(Map<Setting<?>, Object> values) {
    return (T) Objects.requireNonNull(values.get(this), name);
  }

  /** Its value where nobody says another. */
  public T defaultValue() {
    return type.parse(defaultText);
  }

  /** The names of the settings of a scope. */
  static List<String> names(Scope scope) {
    return ALL.stream().filter(s -> s.scope == scope).map(Setting::name).toList();
  }

  /** The setting of a cache that a property's name ends with, or null. */
  static @Nullable Setting<?> endOf(String property) {
    return ALL.stream()
        .filter(setting -> setting.scope == Scope.CACHE && property.endsWith("." + setting.name))
        .max(Comparator.comparingInt(setting -> setting.name.length()))
        .orElse(null);
  }

  /** The value that was given, or the default where none was. */
  T valueOf(@Nullable Given given) {
    return given == null ? defaultValue() : parse(given);
  }

  T parse(Given given) {
    try {
      return type.parse(given.text());
    } catch (IllegalArgumentException e) {
      String found = type.isSecret() ? "not shown" : '"' + given.text() + '"';
      throw new IllegalArgumentException(
          "The setting %s in %s is %s, but must be %s"
              .formatted(name, given.origin(), found, type.allowed()),
          e);
    }
  }

  /** Whether properties have a secret below this name. */
  public static boolean isSecretProperty(String name) {
    return ALL.stream()
        .anyMatch(setting -> setting.type.isSecret() && setting.propertyName().equals(name));
  }
}
