package org.jcachememcached.examples;

import java.io.Serializable;

/**
 * What a product costs. A value lives outside this JVM, so it is serializable.
 *
 * @param product the product's name
 * @param cents the price, in cents
 */
record Price(String product, int cents) implements Serializable {

  @Override
  public String toString() {
    return "a %s costs %d.%02d".formatted(product, cents / 100, cents % 100);
  }
}
