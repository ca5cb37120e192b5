package org.jcachememcached.frameworks.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** What is ordered. Cached without locks; a change removes the entry. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE, region = "order-lines")
public class OrderLine {

  @EmbeddedId private OrderLineId id;
  private int quantity;

  /** For Hibernate. */
  protected OrderLine() {
    this(new OrderLineId("", 0), 0);
  }

  public OrderLine(OrderLineId id, int quantity) {
    this.id = id;
    this.quantity = quantity;
  }

  public OrderLineId id() {
    return id;
  }

  public int quantity() {
    return quantity;
  }

  public void order(int newQuantity) {
    quantity = newQuantity;
  }
}
