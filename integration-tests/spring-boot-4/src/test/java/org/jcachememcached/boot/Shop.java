package org.jcachememcached.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;

/** The application. Its settings are in {@code application.yml}. */
@SpringBootApplication
@EnableCaching
class Shop {

  Shop() {}

  /**
   * Starts it.
   *
   * @param servers those of memcached
   * @param properties further ones, as on the command line
   */
  static ConfigurableApplicationContext start(String servers, String... properties) {
    String[] arguments = new String[properties.length + 1];
    arguments[0] = "--memcached.servers=" + servers;
    for (int i = 0; i < properties.length; i++) {
      arguments[i + 1] = "--" + properties[i];
    }
    return SpringApplication.run(Shop.class, arguments);
  }
}
