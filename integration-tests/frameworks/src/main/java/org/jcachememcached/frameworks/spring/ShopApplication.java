package org.jcachememcached.frameworks.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/** The shop. What it needs to know of caches is in {@code application.properties}. */
@SpringBootApplication
@EnableCaching
public class ShopApplication {

  /** Answers what the arguments ask for and ends, see {@link Counter}. */
  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments).close();
  }
}
