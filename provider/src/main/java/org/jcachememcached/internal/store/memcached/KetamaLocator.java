package org.jcachememcached.internal.store.memcached;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * Which server keeps a key: consistent hashing with weights, the continuum of libmemcached, so that
 * other clients look for a key on the same server. The place of a server depends on its host name
 * as configured and its port only, never on how the name resolves. Immutable and thread-safe.
 *
 * <p>spymemcached's own locator asks the name service for the names of the servers and asserts a
 * number of points that weighted servers do not have. Nor can its hash be used: what the AWS client
 * gives the same name to is made of SHA-384, and sends keys to other servers.
 */
final class KetamaLocator implements NodeLocator {

  private static final int POINTS_PER_DIGEST = 4;
  private static final int DIGESTS_PER_SERVER = 40;
  private static final int DEFAULT_PORT = 11211;

  private final List<ServerNode> nodes;
  private final List<HardenedNode> carriers;

  /** Null for a single server, which has all keys. */
  private final @Nullable KetamaHash hash;

  private final long[] points;
  private final ServerNode[] owners;

  KetamaLocator(List<ServerNode> nodes) {
    this.nodes = List.copyOf(nodes);
    this.carriers =
        nodes.stream().flatMap(node -> node.connections().stream()).map(Connection::node).toList();
    this.hash = KetamaHash.forServers(nodes.stream().map(ServerNode::server).toList());
    NavigableMap<Long, ServerNode> continuum = new TreeMap<>();
    if (hash != null) {
      fill(continuum, hash);
    }
    this.points = continuum.keySet().stream().mapToLong(Long::longValue).toArray();
    this.owners = continuum.values().toArray(ServerNode[]::new);
  }

  /** The node that keeps the key, whether it can be reached or not. */
  ServerNode nodeOf(String key) {
    if (hash == null) {
      return nodes.get(0);
    }
    byte[] digest = hash.of(key);
    int found = Arrays.binarySearch(points, littleEndian(digest, 0));
    int next = found >= 0 ? found : -found - 1;
    return owners[next == owners.length ? 0 : next];
  }

  /**
   * Whether the node keeps this key; a stray one, left from another set of servers, it does not.
   */
  boolean isAt(ServerNode node, byte[] key, int length) {
    return hash == null || nodeOf(new String(key, 0, length, StandardCharsets.ISO_8859_1)) == node;
  }

  /** The connection on which everything travels that has to do with the key. */
  Connection connectionOf(String key) {
    return nodeOf(key).connectionOf(key);
  }

  List<ServerNode> nodes() {
    return nodes;
  }

  /** What carries the connections of all nodes. */
  List<HardenedNode> carriers() {
    return carriers;
  }

  @Override
  public MemcachedNode getPrimary(String key) {
    return connectionOf(key).node();
  }

  /** Nothing: a key has one place, and another server must never stand in for it. */
  @Override
  public Iterator<MemcachedNode> getSequence(String key) {
    return Collections.emptyIterator();
  }

  @Override
  public Collection<MemcachedNode> getAll() {
    return Collections.unmodifiableCollection(carriers);
  }

  @Override
  public NodeLocator getReadonlyCopy() {
    return this;
  }

  /** Refused: the servers of a store are fixed when it is made. */
  @Override
  public void updateLocator(List<MemcachedNode> replacement) {
    throw new IllegalStateException("the servers of a store cannot be changed");
  }

  private void fill(NavigableMap<Long, ServerNode> continuum, KetamaHash byHash) {
    int totalWeight = nodes.stream().mapToInt(node -> node.server().weight()).sum();
    for (ServerNode node : nodes) {
      double pipeline = (double) node.server().weight() / totalWeight;
      int digests = (int) Math.floor(pipeline * DIGESTS_PER_SERVER * nodes.size() + 1e-10);
      // A server must not vanish because the others are heavy.
      for (int i = 0; i < Math.max(digests, 1); i++) {
        addPoints(continuum, node, byHash.of(label(node.server()) + "-" + i));
      }
    }
  }

  private static void addPoints(Map<Long, ServerNode> continuum, ServerNode node, byte[] digest) {
    for (int point = 0; point < POINTS_PER_DIGEST; point++) {
      continuum.put(littleEndian(digest, point * Integer.BYTES), node);
    }
  }

  private static String label(Server server) {
    return server.port() == DEFAULT_PORT ? server.host() : server.host() + ":" + server.port();
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at + 3] & 0xFFL) << 24
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at] & 0xFFL);
  }
}
