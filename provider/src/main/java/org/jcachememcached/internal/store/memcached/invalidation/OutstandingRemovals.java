package org.jcachememcached.internal.store.memcached.invalidation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jcachememcached.internal.config.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stores of this JVM could not remove from a server before they were closed: another store
 * that uses the server removes it, one that is open now or else the next that is opened, before any
 * other request to the server. Thread-safe.
 *
 * <p>Servers are identified by where they listen, as it is configured. Of more than {@value
 * #MAX_SERVERS} servers the oldest is forgotten; more than {@value #MAX_KEYS} keys of a server
 * become the removal of everything below their prefixes.
 */
public final class OutstandingRemovals {

  private static final Logger LOG = LoggerFactory.getLogger(OutstandingRemovals.class);

  private static final int MAX_SERVERS = 64;
  private static final int MAX_KEYS = 10_000;

  /** The pending invalidations of one store for one server. */
  public interface Holder {

    /** Takes over what another store has left behind. */
    void takeOver(PendingInvalidations.Part others);

    /** Leaves behind what is not removed; the connections are closed for good. */
    void leave(PendingInvalidations.Part others);
  }

  private static final OutstandingRemovals OF_JVM = new OutstandingRemovals();

  private final Map<String, PendingInvalidations.Part> outstanding = new LinkedHashMap<>();
  private final Map<String, Deque<Holder>> open = new HashMap<>();

  /** Those of all stores of this JVM. */
  public static OutstandingRemovals ofJvm() {
    return OF_JVM;
  }

  /** A store begins to use a server, and takes over what is outstanding there. */
  public synchronized void opened(Server server, Holder holder) {
    String identity = server.endpoint().identity();
    open.computeIfAbsent(identity, unused -> new ArrayDeque<>()).add(holder);
    PendingInvalidations.Part pending = outstanding.remove(identity);
    if (pending != null) {
      holder.takeOver(pending);
    }
  }

  /** A store stops using a server, and leaves behind what is outstanding there. */
  public synchronized void closed(Server server, Holder holder) {
    String identity = server.endpoint().identity();
    open.computeIfPresent(
        identity, (unused, users) -> users.remove(holder) && users.isEmpty() ? null : users);
    PendingInvalidations.Part left = new PendingInvalidations(MAX_KEYS, 1).part(0);
    holder.leave(left);
    if (left.isEmpty()) {
      return;
    }
    LOG.warn(
        "The server is not used any more, but from memcached at {} {} are not removed; that is done"
            + " before this JVM asks the server for anything else",
        server,
        left);
    Deque<Holder> others = open.get(identity);
    if (others != null) {
      others.getFirst().takeOver(left);
    } else {
      keep(identity, left);
    }
  }

  private void keep(String identity, PendingInvalidations.Part left) {
    PendingInvalidations.Part earlier = outstanding.remove(identity);
    if (earlier != null) {
      earlier.moveTo(left);
    }
    outstanding.put(identity, left);
    if (outstanding.size() > MAX_SERVERS) {
      String oldest = outstanding.keySet().iterator().next();
      LOG.warn("What is not removed from memcached at {} is forgotten: too many servers", oldest);
      outstanding.remove(oldest);
    }
  }
}
