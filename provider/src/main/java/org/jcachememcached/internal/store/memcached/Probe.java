package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Asks a server whether it is there. Confined to the client's I/O thread. */
final class Probe extends LineOperation {

  private static final byte[] REQUEST = "mn\r\n".getBytes(US_ASCII);

  Probe() {
    super(REQUEST);
  }

  @Override
  boolean take(String answer) {
    return true;
  }

  /** That something was heard is known already. */
  @Override
  void ended() {}

  @Override
  public String toString() {
    return "presence";
  }
}
