package org.jcachememcached.api;

/** What a call to a cache ends with when the store fails. */
public enum FailurePolicy {

  /** Every call that failed is an exception. */
  THROW,

  /**
   * The application goes on as if the cache were empty: what cannot be read is a miss, what cannot
   * be stored or removed is dropped, and removed as soon as that is possible. What cannot be
   * answered truthfully that way, such as {@code putIfAbsent} or {@code invoke}, is an exception
   * nevertheless. What the store holds but nobody can decode is absent for all operations.
   */
  DEGRADE
}
