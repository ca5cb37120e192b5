package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.List;
import org.jcachememcached.internal.config.Setting.Scope;
import org.jcachememcached.internal.config.type.BooleanType;
import org.jcachememcached.internal.config.type.DurationType;

/** The settings of one cache that say when, and by which JVM, entries are loaded. Stateless. */
public final class LoadSettings {

  private LoadSettings() {}

  public static final Setting<Boolean> LEASE_LOADS =
      new Setting<>(
          "lease.loads",
          Scope.CACHE,
          new BooleanType(),
          "true",
          "Whether of all JVMs that would load the same entry one does, and the others wait for its"
              + " value. Not with other formats than envelope, and not while a cache moves.");

  public static final Setting<Duration> LEASE_TTL =
      new Setting<>(
          "lease.ttl",
          Scope.CACHE,
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "10s",
          "How long the others wait for a JVM that has ended while it loaded; one that still loads"
              + " renews its lease.");

  public static final Setting<Duration> LEASE_WAIT =
      new Setting<>(
          "lease.wait",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofHours(1)),
          "10s",
          "How long a call waits at most for the value that another JVM loads; then it loads"
              + " without storing.");

  public static final Setting<Boolean> LEASE_INVOKE =
      new Setting<>(
          "lease.invoke",
          Scope.CACHE,
          new BooleanType(),
          "false",
          "Whether an entry processor on an absent entry counts as a load, so that of all JVMs one"
              + " runs it.");

  public static final Setting<Duration> REFRESH_AHEAD =
      new Setting<>(
          "refresh.ahead",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofDays(365)),
          "0s",
          "How long before an entry expires a read that could load it has it loaded anew in the"
              + " background, once in all JVMs; never with 0s.");

  public static final Setting<Duration> STALE_FOR =
      new Setting<>(
          "stale.for",
          Scope.CACHE,
          new DurationType(Duration.ZERO, Duration.ofDays(365)),
          "0s",
          "How long after an entry has expired, or was marked as stale, reads that could load it"
              + " get its last value, while it is loaded anew in the background; never with 0s.");

  static final List<Setting<?>> ALL =
      List.of(LEASE_LOADS, LEASE_TTL, LEASE_WAIT, LEASE_INVOKE, REFRESH_AHEAD, STALE_FOR);
}
