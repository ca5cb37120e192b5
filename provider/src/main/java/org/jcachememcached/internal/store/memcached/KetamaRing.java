package org.jcachememcached.internal.store.memcached;

import static java.util.Arrays.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jcachememcached.internal.config.Endpoint;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;
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

  /** Null for a single server at most, which has all keys. */
  private final @Nullable KetamaHash hash;

  private final long[] points;

  /** The indexes of the servers that the points belong to. */
  private final int[] owners;

  /**
   * @param servers none if they are not known yet; then no key is to be located
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
    return hash == null ? 0 : ownerOf(littleEndian(hash.of(routing.partOf(key)), 0));
  }

  private int ownerOf(long point) {
    if (hash == null) {
      return 0;
    }
    int found = Arrays.binarySearch(points, point);
    int next = found >= 0 ? found : -found - 1;
    return owners[next == owners.length ? 0 : next];
  }

  /** Whether the server with this index keeps the key in the first bytes of the array. */
  boolean isAt(int index, byte[] key, int length) {
    return hash == null || indexOf(KeyFilter.text(key, length)) == index;
  }

  /**
   * The indexes of the servers that keep keys which other servers keep in another ring.
   *
   * @param other has one server at least
   */
  Set<Integer> gainersSince(KetamaRing other) {
    Set<Integer> gainers = new HashSet<>();
    // Between two points nothing changes; beyond the last one it is as before the first.
    LongStream.concat(LongStream.of(0), LongStream.concat(stream(points), stream(other.points)))
        .forEach(point -> addIfGained(point, other, gainers));
    return gainers;
  }

  private void addIfGained(long point, KetamaRing other, Set<Integer> gainers) {
    int owner = ownerOf(point);
    String before = identity(other.servers.get(other.ownerOf(point)));
    if (!identity(servers.get(owner)).equals(before)) {
      gainers.add(owner);
    }
  }

  private static String identity(Server server) {
    return server.endpoint().identity();
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
