package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Asks a server whether it answers at all. Stateless. */
public final class Probe implements LineRequest {

  private static final byte[] REQUEST = "mn\r\n".getBytes(US_ASCII);

  @Override
  public byte[] bytes() {
    return REQUEST;
  }

  @Override
  public boolean take(String line) {
    return true;
  }

  /** Does nothing: the connection has already reported that it has received something. */
  @Override
  public void ended(boolean answered) {}

  @Override
  public String toString() {
    return "presence";
  }
}
