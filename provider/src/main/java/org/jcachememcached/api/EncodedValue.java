package org.jcachememcached.api;

/**
 * A value as bytes. Immutable as long as nobody writes into its array.
 *
 * @param codec which form the bytes have: the id that the {@link ValueCodec} gave it, 0 to {@link
 *     #MAX_ID}, with {@link #COMPRESSED} added when they are compressed
 * @param bytes the value in that form; owned by this object, never changed after
 */
public record EncodedValue(int codec, byte[] bytes) {

  /** The highest id of a form. */
  public static final int MAX_ID = 0xFF;

  /**
   * Added to the id of a form whose bytes are compressed. Only the provider does so, around the
   * codecs: they see neither this bit nor compressed bytes.
   */
  public static final int COMPRESSED = 0x100;
}
