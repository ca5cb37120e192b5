package org.jcachememcached.api;

/**
 * A value as bytes. Immutable as long as its array is not written to.
 *
 * @param codec the id of the form that the bytes have, as the {@link ValueCodec} defines it: 0 to
 *     {@link #MAX_ID}, plus {@link #COMPRESSED} if the bytes are compressed
 * @param bytes the value in that form; owned by this object and not changed any more
 */
public record EncodedValue(int codec, byte[] bytes) {

  /** The highest id of a form. */
  public static final int MAX_ID = 0xFF;

  /**
   * Added to the id of a form if the bytes are compressed. Only the provider adds it: codecs see
   * neither this bit nor compressed bytes.
   */
  public static final int COMPRESSED = 0x100;
}
