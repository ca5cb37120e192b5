package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Setting.Scope;

/** The settings of the connections to the servers. */
public final class ConnectionSettings {

  private ConnectionSettings() {}

  public static final Setting<Settings.Engine> ENGINE =
      new Setting<>(
          "engine",
          Scope.CONNECTION,
          new ChoiceType<>(Settings.Engine.class),
          "memcached",
          "Where entries live: on the servers, in this JVM, or nowhere, which switches caching off;"
              + " the scheme of the URI says the same.");

  public static final Setting<String> CLIENT =
      new Setting<>(
          "client",
          Scope.CONNECTION,
          new TextType(Pattern.compile("(?s).*"), "any text"),
          "",
          "Caches whose other connection settings agree share a client; another name here gives"
              + " them one of their own.");

  public static final Setting<List<Server>> SERVERS =
      new Setting<>(
          "servers",
          Scope.CONNECTION,
          new ServersType(),
          "127.0.0.1:" + Server.DEFAULT_PORT,
          "The memcached servers; the authority of the URI says the same.");

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
          "How many connections there are to each server; a key always travels on the same one.");

  public static final Setting<Duration> SCAN_TIMEOUT =
      new Setting<>(
          "scan.timeout",
          Scope.CONNECTION,
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "30s",
          "How long a listing of the keys may wait for a server that answers but sends nothing of"
              + " its list, or that is busy with other listings.");

  public static final Setting<Integer> MAX_REQUESTS =
      new Setting<>(
          "max.requests",
          Scope.CONNECTION,
          new IntegerType(1, 100_000),
          "8192",
          "How many requests may be under way to one server; more are refused at once,"
              + " but those of bulk calls wait.");

  public static final Setting<Long> MAX_BYTES =
      new Setting<>(
          "max.bytes",
          Scope.CONNECTION,
          new SizeType(1L << 20, 1L << 40),
          "64MiB",
          "How many bytes of requests may be under way to one server; more are refused at once,"
              + " but those of bulk calls wait.");

  public static final Setting<Integer> MAX_INVALIDATIONS =
      new Setting<>(
          "max.invalidations",
          Scope.CONNECTION,
          new IntegerType(1, 10_000_000),
          "100000",
          "How many keys are remembered for one server that cannot be asked to remove them; if"
              + " there are more, everything goes that is below their prefixes.");

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
          "Whether connections are encrypted, which takes the AWS client in place of"
              + " spymemcached.");

  public static final Setting<String> TLS_TRUSTSTORE_FILE =
      new Setting<>(
          "tls.truststore.file",
          Scope.CONNECTION,
          new TextType(Pattern.compile("\\P{Cntrl}*"), "the name of a file"),
          "",
          "The file of the certificates that servers may have or be vouched for by, PKCS #12 or"
              + " JKS; empty for what the JVM trusts.");

  public static final Setting<String> TLS_TRUSTSTORE_PASSWORD =
      new Setting<>(
          "tls.truststore.password",
          Scope.CONNECTION,
          new SecretType(Pattern.compile("\\P{Cntrl}*"), "a text without control characters"),
          "",
          "The password of that file; empty if it has none.");

  public static final Setting<List<Server>> FALLBACK_SERVERS =
      new Setting<>(
          "fallback.servers",
          Scope.CONNECTION,
          new OptionalType<>(new ServersType(), List.of()),
          "",
          "The old servers that are asked for what the servers do not hold yet, while caches"
              + " move.");

  public static final Setting<FallbackWrites> FALLBACK_WRITES =
      new Setting<>(
          "fallback.writes",
          Scope.CONNECTION,
          new ChoiceType<>(FallbackWrites.class),
          "new",
          "Which servers hold what is written while caches move: the new ones, or both.");

  static final List<Setting<?>> ALL =
      List.of(
          ENGINE,
          SERVERS,
          CLIENT,
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
          FALLBACK_SERVERS,
          FALLBACK_WRITES);
}
