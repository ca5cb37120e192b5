package org.jcachememcached.internal.near;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the caches that have their entries in common, whatever managers they belong to: those whose
 * keys have the same prefix. If their servers are different ones, a change is announced in vain,
 * which does no harm. Thread-safe.
 */
public final class NearRegistry {

  private static final NearRegistry OF_JVM = new NearRegistry();

  /** Each lasts as long as one of its caches. */
  private final Map<String, WeakReference<NearPeers>> peers = new HashMap<>();

  public NearRegistry() {}

  /** The one of all caches that this class loader has loaded the provider for. */
  public static NearRegistry ofJvm() {
    return OF_JVM;
  }

  /** The near caches with that prefix. */
  public synchronized NearPeers peers(String prefix) {
    peers.values().removeIf(reference -> reference.get() == null);
    WeakReference<NearPeers> reference = peers.get(prefix);
    NearPeers known = reference == null ? null : reference.get();
    if (known != null) {
      return known;
    }
    NearPeers first = new NearPeers();
    peers.put(prefix, new WeakReference<>(first));
    return first;
  }
}
