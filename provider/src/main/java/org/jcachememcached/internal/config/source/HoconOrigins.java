package org.jcachememcached.internal.config.source;

import com.typesafe.config.ConfigOrigin;
import java.net.URL;

/** The place of something in a configuration file, in words that follow "in". Stateless. */
final class HoconOrigins {

  private HoconOrigins() {}

  /** The file, and the line if it is known. */
  static String of(ConfigOrigin origin) {
    String file = fileOf(origin);
    return origin.lineNumber() < 0 ? file : file + ", line " + origin.lineNumber();
  }

  /** The file at a URL. */
  static String file(URL url) {
    return "the file " + ("file".equals(url.getProtocol()) ? url.getPath() : url.toString());
  }

  private static String fileOf(ConfigOrigin origin) {
    if (origin.filename() != null) {
      return "the file " + origin.filename();
    }
    return origin.url() == null ? "the " + origin.description() : file(origin.url());
  }
}
