package org.jcachememcached.internal.config.source;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Setting;

/** For every setting a value that is not its default. */
final class Samples {

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          entry("engine", "memory"),
          entry("servers", "h1:11211,h2:11212:2"),
          entry("topology.refresh", "10s"),
          entry("topology.dns", "127.0.0.1:5353"),
          entry("topology.warmup", "0s"),
          entry("client", "reports"),
          entry("timeout", "500ms"),
          entry("scan.timeout", "20s"),
          entry("max.requests", "9"),
          entry("max.bytes", "2MiB"),
          entry("max.invalidations", "8"),
          entry("connections", "3"),
          entry("key.affinity", "braces"),
          entry("username", "app"),
          entry("password", "007"),
          entry("tls.enabled", "true"),
          entry("tls.truststore.file", "trusted.p12"),
          entry("tls.truststore.password", "008"),
          entry("tls.keystore.file", "client.p12"),
          entry("tls.keystore.password", "009"),
          entry("fallback.servers", "o1:1,o2"),
          entry("fallback.writes", "both"),
          entry("application", "shop/a b"),
          entry("env.prefix", "SHOP"),
          entry("expiry", "created 1 hour"),
          entry("access.expiry", "exact"),
          entry("key.type", "java.lang.String"),
          entry("value.type", "byte[]"),
          entry("loader", "com.acme.UserLoader"),
          entry("read.through", "true"),
          entry("writer", "com.acme.UserWriter"),
          entry("write.through", "true"),
          entry("listeners", "com.acme.A synchronous old-values,com.acme.B filter com.acme.C$D"),
          entry("statistics", "true"),
          entry("management", "true"),
          entry("codec", "json"),
          entry("format", "plain"),
          entry("compression.type", "gzip"),
          entry("compression.threshold", "1KiB"),
          entry("key.strategy", "hash"),
          entry("key.digest", "SHA-512"),
          entry("key.prefix", "{cache}/"),
          entry("on.failure", "throw"),
          entry("clear", "generation"),
          entry("generation.check", "2 s"),
          entry("lease.loads", "false"),
          entry("lease.ttl", "1s"),
          entry("lease.wait", "0s"),
          entry("lease.invoke", "true"),
          entry("refresh.ahead", "20s"),
          entry("stale.for", "5m"),
          entry("near.cache", "true"),
          entry("near.ttl", "250ms"),
          entry("near.max.entries", "100"),
          entry("near.misses", "true"),
          entry("cas.attempts", "7"),
          entry("queue.wait", "0s"),
          entry("page.size", "10"),
          entry("deserialization.filter", "com.acme.**;java.base/*;!*"),
          entry("deserialization.max.depth", "1"),
          entry("deserialization.max.references", "2"),
          entry("deserialization.max.array", "3"),
          entry("deserialization.max.bytes", "4"));

  private Samples() {}

  static String textOf(Setting<?> setting) {
    String text = TEXTS.get(setting.name());
    if (text == null) {
      throw new AssertionError("There is no sample for the setting " + setting.name());
    }
    return text;
  }

  /** A setting's sample, by name, and of what has to be said beside it. */
  static Map<String, String> withCompanions(Setting<?> setting) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(setting.name(), textOf(setting));
    if (setting.type().isSecret()) {
      texts.put(ConnectionSettings.USERNAME.name(), textOf(ConnectionSettings.USERNAME));
      texts.put(ConnectionSettings.PASSWORD.name(), textOf(ConnectionSettings.PASSWORD));
    }
    return texts;
  }
}
