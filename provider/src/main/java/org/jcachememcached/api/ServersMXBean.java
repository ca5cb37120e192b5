package org.jcachememcached.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a manager or a cache, which can change while they are used: what {@code
 * unwrap(ServersMXBean.class)} returns, and in JMX {@code
 * org.jcachememcached:type=Servers,servers="..."}. All managers of this JVM with the same
 * connection settings have it in common. Thread-safe.
 */
public interface ServersMXBean {

  /** Where the servers come from: the setting {@code servers}. */
  String getSource();

  /** Why the source cannot be asked at present; null if it can, or if it is a list. */
  @Nullable String getSourceFailure();

  /** The servers that keys are divided among now, as in the setting {@code servers}. */
  List<String> getServers();

  /** How often the servers have changed since the connections were opened. */
  long getChanges();

  /**
   * Whether a change has consequences still: former servers are asked for what the present ones do
   * not have (setting {@code topology.warmup}), or servers are not {@linkplain #isSwept swept}.
   */
  boolean isChanging();

  /**
   * Whether nothing is left that servers have stored at an earlier time for keys that they have
   * gained by a change. Until then the keys are removed one by one before they are used.
   */
  boolean isSwept();

  /**
   * Replaces the servers: later calls use them, and no call fails because of it. They stay until
   * the source names other servers than it has named last. Other JVMs do not learn of it.
   *
   * @param servers a list as in the setting {@code servers}: {@code host:port} of each, separated
   *     by commas
   * @throws IllegalArgumentException if it is no list of servers, or names one of them twice
   */
  void changeServers(String servers);
}
