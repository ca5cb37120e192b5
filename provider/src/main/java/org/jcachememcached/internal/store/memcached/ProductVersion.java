package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The version of this provider. It is in a resource of its own and not in the jar's manifest,
 * because an application may be one jar with all its libraries. Stateless.
 */
final class ProductVersion {

  private static final String RESOURCE = "/org/jcachememcached/version.txt";
  private static final String VERSION = read();

  private ProductVersion() {}

  /** Such as {@code 1.0.0}, or a placeholder in classes that are not of a release. */
  static String get() {
    return VERSION;
  }

  private static String read() {
    try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
      String version =
          in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return version.isEmpty() || version.startsWith("$") ? "(development)" : version;
    } catch (IOException e) {
      return "(unknown version)";
    }
  }
}
