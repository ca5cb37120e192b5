package org.jcachememcached.internal.store.memcached;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.source.SettingsReader;

/** The options of a store whose settings are the defaults, but for the timeout. Stateless. */
public final class DefaultOptions {

  private DefaultOptions() {}

  public static NodeOptions withTimeout(Duration timeout) {
    Properties properties = new Properties();
    properties.setProperty("memcached.timeout", timeout.toString());
    return of(properties);
  }

  static NodeOptions of(Properties properties) {
    ClassLoader loader = DefaultOptions.class.getClassLoader();
    return NodeOptions.of(
        SettingsReader.read(URI.create("memcached:/"), properties, Map.of(), loader).connection());
  }
}
