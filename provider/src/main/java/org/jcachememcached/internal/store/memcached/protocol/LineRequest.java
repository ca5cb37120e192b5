package org.jcachememcached.internal.store.memcached.protocol;

/** A request of a node itself that the server answers in lines of text. For one thread. */
public interface LineRequest {

  /** The request as it is sent. */
  byte[] bytes();

  /**
   * Takes a line of the answer.
   *
   * @param line without its end
   * @return whether it was the last one
   */
  boolean take(String line);

  /**
   * The request has ended.
   *
   * @param answered whether the server has sent the whole answer; otherwise it never will
   */
  void ended(boolean answered);
}
