package org.jcachememcached.frameworks.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/**
 * Who orders. Cached under soft locks, so that no transaction reads an entity that is being
 * changed.
 */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "customers")
public class Customer {

  @Id private long number;
  @Version private int version;
  private String name;
  private String city;

  /** For Hibernate. */
  protected Customer() {
    this(0, "", "");
  }

  public Customer(long number, String name, String city) {
    this.number = number;
    this.name = name;
    this.city = city;
  }

  public long number() {
    return number;
  }

  public int version() {
    return version;
  }

  public String name() {
    return name;
  }

  public String city() {
    return city;
  }

  public void moveTo(String newCity) {
    city = newCity;
  }
}
