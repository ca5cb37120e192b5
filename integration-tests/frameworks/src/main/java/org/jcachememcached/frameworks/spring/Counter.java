package org.jcachememcached.frameworks.spring;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Sells on the command line: prints each product whose number is an argument. Stateless. */
@Component
class Counter implements ApplicationRunner {

  private final Catalog catalog;
  private final Warehouse warehouse;

  Counter(Catalog catalog, Warehouse warehouse) {
    this.catalog = catalog;
    this.warehouse = warehouse;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    for (String number : arguments.getNonOptionArgs()) {
      System.out.println(catalog.product(Integer.parseInt(number)).name());
    }
    System.out.println("visits to the warehouse: " + warehouse.visits());
  }
}
