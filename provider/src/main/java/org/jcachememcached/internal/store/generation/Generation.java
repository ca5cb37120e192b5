package org.jcachememcached.internal.store.generation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;

/**
 * What tells the entries of a cache from those that it had before it was cleared: 64 random bits,
 * so that none is ever used again, not after an eviction or a restart either. Immutable.
 *
 * @param text the bits as URL-safe base64: part of every key, and what the store holds
 */
record Generation(String text) {

  /** How many characters every generation has. */
  static final int LENGTH = 11;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** One that nobody has ever had. */
  static Generation random() {
    byte[] bits = new byte[Long.BYTES];
    RANDOM.nextBytes(bits);
    return new Generation(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /**
   * The one that a store holds.
   *
   * @param key where it was found
   * @throws StoreException if that is something else
   */
  static Generation of(String key, StoredItem item) {
    String text = new String(item.data(), US_ASCII);
    if (!FORM.matcher(text).matches()) {
      throw StoreException.withoutEffect(
          Reason.PROTOCOL,
          "what is stored below '%s' has %d bytes, but must be a generation: %d characters of base64"
              .formatted(key, item.data().length, LENGTH),
          null);
    }
    return new Generation(text);
  }

  /** What to store; it never expires. */
  Item item() {
    return new Item(0, text.getBytes(US_ASCII), Item.FOREVER);
  }

  /**
   * What the tokens of entries are mixed with, so that the token of one generation fits no entry of
   * another: the same key may then be on another server, which counts for itself. With the highest
   * bit set, no mixed token is the token of no entry.
   */
  long casMask() {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)).getLong() | Long.MIN_VALUE;
  }
}
