package org.jcachememcached.codec;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.config.Setting;
import org.jcachememcached.config.Settings;

/** Policies as an application configures them. */
final class Policies {

  private Policies() {}

  static DeserializationPolicy with(Setting<?> setting, Object value) {
    Properties properties = new Properties();
    properties.setProperty(setting.propertyName(), value.toString());
    return DeserializationPolicy.of(
        Settings.read(URI.create("none:/"), properties, Map.of(), Policies.class.getClassLoader()));
  }
}
