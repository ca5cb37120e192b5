package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Without the library that reads configuration files, everything else works. */
class WithoutLibraryTest {

  @Test
  void managersNeedNoFile() throws Exception {
    assertThat(read("memcached://h/orders")).hasToString("Settings for MEMCACHED");
  }

  @Test
  void fileNeedsTheLibrary() {
    assertThatThrownBy(() -> read("file:/etc/shop.conf"))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The URI of the cache manager, file:/etc/shop.conf, names a configuration file, but"
                + " what reads it, com.typesafe:config, is not on the class path");
  }

  private static Object read(String uri) throws Exception {
    URL[] providerAlone = {
      SettingsReader.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader =
        new URLClassLoader(providerAlone, ClassLoader.getPlatformClassLoader())) {
      Method read =
          loader
              .loadClass(SettingsReader.class.getName())
              .getMethod("read", URI.class, Properties.class, Map.class, ClassLoader.class);
      return read.invoke(null, URI.create(uri), new Properties(), Map.of(), loader);
    }
  }
}
