package org.jcachememcached.internal.codec;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;

/** Settings and policies as an application configures them. */
public final class Policies {

  /** What a cache has that is not set to anything. */
  public static final DeserializationPolicy DEFAULT = DeserializationPolicy.of(settings());

  private Policies() {}

  public static DeserializationPolicy with(Setting<?> setting, Object value) {
    return DeserializationPolicy.of(settings(setting.name(), value.toString()));
  }

  /** Names and values by turns. */
  public static Settings settings(String... settings) {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(Setting.PROPERTY_PREFIX + settings[i], settings[i + 1]);
    }
    return SettingsReader.read(
        URI.create("none:/"), properties, Map.of(), Policies.class.getClassLoader());
  }
}
