package org.jcachememcached.codec;

/**
 * Turns values into bytes and back. Each of its forms has an id, which the {@link Envelope} keeps
 * beside the bytes, so that an implementation may write a value in the form that suits it best.
 *
 * <p>An id, once bytes were written under it, must keep its meaning for ever: the bytes outlive the
 * JVM that wrote them.
 *
 * <p>Implementations are thread-safe.
 */
public interface ValueCodec {

  /**
   * The value as bytes that nobody else holds.
   *
   * @throws CodecException if the value has no form as bytes; the message names its class
   */
  EncodedValue encode(Object value);

  /**
   * The value that the bytes stand for, which must not keep a hold on the array.
   *
   * @param codec the id that {@link #encode} gave to the bytes
   * @param data holds the bytes and possibly others; not to be changed
   * @param offset where the bytes begin
   * @param length how many they are
   * @throws CodecException if the id is unknown or the bytes are not in the form it stands for;
   *     never another exception, and never a value that was not put in
   */
  Object decode(int codec, byte[] data, int offset, int length);
}
