package org.jcachememcached.frameworks.hibernate;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/**
 * The line of an order, by the order's code and its place there, which together are the key.
 * Immutable once made.
 */
@Embeddable
public class OrderLineId implements Serializable {

  private String orderCode;
  private int place;

  /** For Hibernate. */
  protected OrderLineId() {
    this("", 0);
  }

  public OrderLineId(String orderCode, int place) {
    this.orderCode = orderCode;
    this.place = place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrderLineId that
        && orderCode.equals(that.orderCode)
        && place == that.place;
  }

  @Override
  public int hashCode() {
    return Objects.hash(orderCode, place);
  }

  @Override
  public String toString() {
    return orderCode + '/' + place;
  }
}
