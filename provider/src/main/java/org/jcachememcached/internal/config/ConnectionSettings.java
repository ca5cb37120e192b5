package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Setting.Scope;
import org.jcachememcached.internal.config.type.BooleanType;
import org.jcachememcached.internal.config.type.ChoiceType;
import org.jcachememcached.internal.config.type.DurationType;
import org.jcachememcached.internal.config.type.IntegerType;
import org.jcachememcached.internal.config.type.OptionalType;
import org.jcachememcached.internal.config.type.SecretType;
import org.jcachememcached.internal.config.type.SizeType;
import org.jcachememcached.internal.config.type.TextType;

/** The settings of the connections to the servers. Stateless. */
public final class ConnectionSettings {

  private ConnectionSettings() {}

  public static final Setting<Engine> ENGINE =
      new Setting<>(
          "engine",
          Scope.CONNECTION,
          new ChoiceType<>(Engine.class),
          "memcached",
          "Where entries are stored: on the servers, in this JVM, or nowhere, which disables"
              + " caching; also the scheme of the URI.");

  public static final Setting<String> CLIENT =
      new Setting<>(
          "client",
          Scope.CONNECTION,
          new TextType(Pattern.compile("(?s).*"), "any text"),
          "",
          "The name of the client; caches whose connection settings are all equal share a client.");

  public static final Setting<ServerSource> SERVERS =
      new Setting<>(
          "servers",
          Scope.CONNECTION,
          new ServerSourceType(),
          "127.0.0.1:" + Server.DEFAULT_PORT,
          "The memcached servers, or the source that is asked for them; also the authority of the"
              + " URI.");

  public static final Setting<Duration> TOPOLOGY_REFRESH =
      new Setting<>(
          "topology.refresh",
          Scope.CONNECTION,
          new DurationType(Duration.ofMillis(100), Duration.ofDays(1)),
          "30s",
          "How often the source of the servers is asked again; a file is looked at every second.");

  public static final Setting<Optional<Endpoint.TcpPort>> TOPOLOGY_DNS =
      new Setting<>(
          "topology.dns",
          Scope.CONNECTION,
          new DnsServerType(),
          "",
          "The DNS server that is asked for servers; empty for the name resolution of the system.");

  public static final Setting<Duration> TOPOLOGY_WARMUP =
      new Setting<>(
          "topology.warmup",
          Scope.CONNECTION,
          new DurationType(Duration.ZERO, Duration.ofDays(1)),
          "5m",
          "How long after a change of the servers the former server of a key is asked for what the"
              + " new one does not hold; 0s for not at all.");

  public static final Setting<AffinityRule> KEY_AFFINITY =
      new Setting<>(
          "key.affinity",
          Scope.CONNECTION,
          new ChoiceType<>(AffinityRule.class),
          "none",
          "Whether keys that are text are kept on one server if they have the same part in braces,"
              + " as in cart:{user42}:items; all clients of a cache must use the same value.");

  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "timeout",
          Scope.CONNECTION,
          new DurationType(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "1s",
          "How long one command may take.");

  public static final Setting<Integer> CONNECTIONS =
      new Setting<>(
          "connections",
          Scope.CONNECTION,
          new IntegerType(1, 16),
          "4",
          "The number of connections to each server; what changes a key always uses the same one.");

  public static final Setting<Duration> SCAN_TIMEOUT =
      new Setting<>(
          "scan.timeout",
          Scope.CONNECTION,
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "30s",
          "How long a listing of the keys waits for a server that is responsive but sends no keys,"
              + " or is busy with other listings.");

  public static final Setting<Integer> MAX_REQUESTS =
      new Setting<>(
          "max.requests",
          Scope.CONNECTION,
          new IntegerType(1, 100_000),
          "8192",
          "The largest number of requests in flight to one server; further requests are rejected at"
              + " once, but those of bulk calls wait.");

  public static final Setting<Long> MAX_BYTES =
      new Setting<>(
          "max.bytes",
          Scope.CONNECTION,
          new SizeType(1L << 20, 1L << 40),
          "64MiB",
          "The largest number of bytes of requests in flight to one server; further requests are"
              + " rejected at once, but those of bulk calls wait.");

  public static final Setting<Integer> MAX_INVALIDATIONS =
      new Setting<>(
          "max.invalidations",
          Scope.CONNECTION,
          new IntegerType(1, 10_000_000),
          "100000",
          "The largest number of pending invalidations of an unreachable server; beyond it, all"
              + " keys with the same prefixes are removed.");

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

  public static final Setting<Boolean> TLS_ENABLED =
      new Setting<>(
          "tls.enabled",
          Scope.CONNECTION,
          new BooleanType(),
          "false",
          "Whether connections are encrypted, which requires the AWS client instead of"
              + " spymemcached.");

  public static final Setting<String> TLS_TRUSTSTORE_FILE =
      new Setting<>(
          "tls.truststore.file",
          Scope.CONNECTION,
          new TextType(Pattern.compile("\\P{Cntrl}*"), "the name of a file"),
          "",
          "The file of trusted certificates of servers or their authorities, PKCS #12 or JKS; empty"
              + " for those that the JVM trusts.");

  public static final Setting<String> TLS_TRUSTSTORE_PASSWORD =
      new Setting<>(
          "tls.truststore.password",
          Scope.CONNECTION,
          new SecretType(Pattern.compile("\\P{Cntrl}*"), "a text without control characters"),
          "",
          "The password of the truststore file; empty if it has none.");

  public static final Setting<String> TLS_KEYSTORE_FILE =
      new Setting<>(
          "tls.keystore.file",
          Scope.CONNECTION,
          new TextType(Pattern.compile("\\P{Cntrl}*"), "the name of a file"),
          "",
          "The file with the private key and the certificate that the client presents where servers"
              + " demand one, PKCS #12 or JKS; empty for none.");

  public static final Setting<String> TLS_KEYSTORE_PASSWORD =
      new Setting<>(
          "tls.keystore.password",
          Scope.CONNECTION,
          new SecretType(Pattern.compile("\\P{Cntrl}*"), "a text without control characters"),
          "",
          "The password of the keystore file and of its keys; empty if it has none.");

  public static final Setting<List<Server>> FALLBACK_SERVERS =
      new Setting<>(
          "fallback.servers",
          Scope.CONNECTION,
          new OptionalType<>(new ServersType(), List.of()),
          "",
          "The old servers, which are read for items that the servers do not hold yet, during a"
              + " migration.");

  public static final Setting<FallbackWrites> FALLBACK_WRITES =
      new Setting<>(
          "fallback.writes",
          Scope.CONNECTION,
          new ChoiceType<>(FallbackWrites.class),
          "new",
          "Which servers are written to during a migration: the new ones, or both.");

  /**
   * A list of servers, as in the setting {@code servers}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static List<Server> listOfServers(String text) {
    ServersType type = new ServersType();
    try {
      return type.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The servers are \"%s\", but must be %s".formatted(text, type.allowed()), e);
    }
  }

  static final List<Setting<?>> ALL =
      List.of(
          ENGINE,
          SERVERS,
          TOPOLOGY_REFRESH,
          TOPOLOGY_DNS,
          TOPOLOGY_WARMUP,
          CLIENT,
          KEY_AFFINITY,
          TIMEOUT,
          CONNECTIONS,
          SCAN_TIMEOUT,
          MAX_REQUESTS,
          MAX_BYTES,
          MAX_INVALIDATIONS,
          USERNAME,
          PASSWORD,
          TLS_ENABLED,
          TLS_TRUSTSTORE_FILE,
          TLS_TRUSTSTORE_PASSWORD,
          TLS_KEYSTORE_FILE,
          TLS_KEYSTORE_PASSWORD,
          FALLBACK_SERVERS,
          FALLBACK_WRITES);
}
