package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;

/**
 * The nodes of a client, and which of them keeps a key, as the store says. Thread-safe.
 *
 * <p>spymemcached's own locator asks the name service for the names of the servers and asserts a
 * number of points that weighted servers do not have. Nor can its hash be used: the AWS client
 * makes the hash of the same name of SHA-384, which sends keys to other servers.
 */
final class KetamaLocator implements NodeLocator {

  private final List<HardenedNode> nodes = new CopyOnWriteArrayList<>();
  private final Function<String, HardenedNode> nodeOfKey;

  KetamaLocator(Function<String, HardenedNode> nodeOfKey) {
    this.nodeOfKey = nodeOfKey;
  }

  /** Adds a node, before its first operation. */
  void add(HardenedNode node) {
    nodes.add(node);
  }

  /** Removes a node without a connection. */
  void remove(HardenedNode node) {
    nodes.remove(node);
  }

  List<HardenedNode> nodes() {
    return nodes;
  }

  /** The node that keeps the key. */
  HardenedNode nodeOf(String key) {
    return nodeOfKey.apply(key);
  }

  @Override
  public MemcachedNode getPrimary(String key) {
    return nodeOf(key);
  }

  /** Nothing: a key has one place, and another server must never stand in for it. */
  @Override
  public Iterator<MemcachedNode> getSequence(String key) {
    return Collections.emptyIterator();
  }

  @Override
  public Collection<MemcachedNode> getAll() {
    return Collections.unmodifiableCollection(nodes);
  }

  @Override
  public NodeLocator getReadonlyCopy() {
    return this;
  }

  /** Refused: the store changes its servers one by one. */
  @Override
  public void updateLocator(List<MemcachedNode> replacement) {
    throw new IllegalStateException("the servers of a store are not replaced by its client");
  }
}
