package org.jcachememcached.internal.store.memcached;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jcachememcached.internal.config.Server;

/**
 * What the CAS values of a server are combined with. Each server counts by itself: without it, the
 * CAS value that one server has given could by chance be that of a newer entry on another one, to
 * which the key has moved. It depends on where the server listens only, so it is the same in all
 * JVMs. Stateless.
 */
final class CasMask {

  private CasMask() {}

  static long of(Server server) {
    byte[] identity = server.endpoint().identity().getBytes(StandardCharsets.UTF_8);
    return checksum(new CRC32(), identity) << Integer.SIZE | checksum(new CRC32C(), identity);
  }

  private static long checksum(Checksum checksum, byte[] bytes) {
    checksum.update(bytes);
    return checksum.getValue();
  }
}
