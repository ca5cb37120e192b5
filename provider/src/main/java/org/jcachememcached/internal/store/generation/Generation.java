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
 * Distinguishes the entries of a cache from those before it was cleared: 64 random bits, so that
 * none is ever used twice, not even after an eviction or a restart. Immutable.
 *
 * @param text the bits as URL-safe base64: part of every key, and the stored value
 */
record Generation(String text) {

  /** The number of characters of a generation. */
  static final int LENGTH = 11;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new generation. */
  static Generation random() {
    byte[] bits = new byte[Long.BYTES];
    RANDOM.nextBytes(bits);
    return new Generation(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /**
   * The generation in a stored item.
   *
   * @param key the key of the item
   * @throws StoreException if it is something else
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

  /** The item to store, which never expires. */
  Item item() {
    return new Item(0, text.getBytes(US_ASCII), Item.FOREVER);
  }

  /**
   * The mask that the CAS values of entries are combined with, so that a CAS value of one
   * generation matches no entry of another: the same key may then be on another server, which
   * counts separately. The highest bit is set, so that no masked CAS value is {@link
   * org.jcachememcached.internal.store.Command#NO_CAS}.
   */
  long casMask() {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)).getLong() | Long.MIN_VALUE;
  }
}
