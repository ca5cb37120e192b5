package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * The user name and password of memcached's authentication in the ASCII protocol (its option {@code
 * -Y}). Immutable; {@link #toString} shows neither.
 *
 * @param username without spaces
 * @param password without line breaks
 */
public record Credentials(String username, String password) {

  /** The answer of a server that accepts them. */
  public static final String ACCEPTED = "STORED";

  /**
   * The first request of a connection: in the form of a set, whose key is ignored. A server without
   * authentication executes it as a set, so the item expires at once.
   */
  public byte[] request() {
    byte[] secret = (username + " " + password).getBytes(UTF_8);
    byte[] command = ("set login 0 -1 " + secret.length + "\r\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(command.length + secret.length + 2)
        .put(command)
        .put(secret)
        .put((byte) '\r')
        .put((byte) '\n')
        .array();
  }

  @Override
  public String toString() {
    return "Credentials (not shown)";
  }
}
