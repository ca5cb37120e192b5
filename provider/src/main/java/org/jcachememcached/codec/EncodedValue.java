package org.jcachememcached.codec;

/**
 * A value as bytes. Immutable as long as nobody writes into its array.
 *
 * @param codec which form the bytes have, 0 to 255; means something only to the {@link ValueCodec}
 *     that chose it
 * @param bytes the value in that form; owned by this object, never changed after
 */
public record EncodedValue(int codec, byte[] bytes) {}
