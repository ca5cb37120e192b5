package org.jcachememcached.internal.store.memcached;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jcachememcached.internal.config.Endpoint;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * Which of several servers keeps a key: consistent hashing with weights, the continuum of
 * libmemcached, so that other clients look for a key on the same server. The points of a server
 * depend on its host name as configured and its port only, never on how the name resolves; or on
 * the path of its Unix socket, as those of a host of that name at the default port would. Immutable
 * and thread-safe.
 */
final class KetamaRing {

  private static final int POINTS_PER_DIGEST = 4;
  private static final int DIGESTS_PER_SERVER = 40;
  private static final int DEFAULT_PORT = 11211;

  private final List<Server> servers;
  private final KeyRouting routing;

  /** Null for a single server, which has all keys. */
  private final @Nullable KetamaHash hash;

  private final long[] points;

  /** The indexes of the servers that the points belong to. */
  private final int[] owners;

  /**
   * @param servers one at least
   * @param routing which part of a key counts
   * @throws org.jcachememcached.internal.store.StoreException if this JVM cannot divide keys among
   *     them
   */
  KetamaRing(List<Server> servers, KeyRouting routing) {
    this.servers = List.copyOf(servers);
    this.routing = routing;
    this.hash = KetamaHash.forServers(servers);
    NavigableMap<Long, Integer> continuum = new TreeMap<>();
    if (hash != null) {
      fill(continuum, hash);
    }
    this.points = continuum.keySet().stream().mapToLong(Long::longValue).toArray();
    this.owners = continuum.values().stream().mapToInt(Integer::intValue).toArray();
  }

  List<Server> servers() {
    return servers;
  }

  /** The index of the server that keeps the key. */
  int indexOf(String key) {
    if (hash == null) {
      return 0;
    }
    byte[] digest = hash.of(routing.partOf(key));
    int found = Arrays.binarySearch(points, littleEndian(digest, 0));
    int next = found >= 0 ? found : -found - 1;
    return owners[next == owners.length ? 0 : next];
  }

  /** Whether the server with this index keeps the key in the first bytes of the array. */
  boolean isAt(int index, byte[] key, int length) {
    return hash == null
        || indexOf(new String(key, 0, length, StandardCharsets.ISO_8859_1)) == index;
  }

  private void fill(NavigableMap<Long, Integer> continuum, KetamaHash byHash) {
    int totalWeight = servers.stream().mapToInt(Server::weight).sum();
    for (int index = 0; index < servers.size(); index++) {
      Server server = servers.get(index);
      double share = (double) server.weight() / totalWeight;
      int digests = (int) Math.floor(share * DIGESTS_PER_SERVER * servers.size() + 1e-10);
      // A light server must have at least one point, however heavy the others are.
      for (int i = 0; i < Math.max(digests, 1); i++) {
        addPoints(continuum, index, byHash.of(label(server) + "-" + i));
      }
    }
  }

  private static void addPoints(Map<Long, Integer> continuum, int index, byte[] digest) {
    for (int point = 0; point < POINTS_PER_DIGEST; point++) {
      continuum.put(littleEndian(digest, point * Integer.BYTES), index);
    }
  }

  private static String label(Server server) {
    if (server.endpoint() instanceof Endpoint.UnixSocket socket) {
      return socket.path();
    }
    return server.port() == DEFAULT_PORT ? server.host() : server.host() + ":" + server.port();
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at + 3] & 0xFFL) << 24
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at] & 0xFFL);
  }
}
