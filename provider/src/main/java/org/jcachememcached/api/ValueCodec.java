package org.jcachememcached.api;

import org.jcachememcached.internal.codec.Envelope;

/**
 * Turns values into bytes and back. Each of its forms has an id, which the {@link Envelope} keeps
 * beside the bytes, so that an implementation may write a value in the form that suits it best.
 *
 * <p>An id, once bytes were written under it, must keep its meaning for ever: the bytes outlive the
 * JVM that wrote them, and are read by instances of the application that run an older or a newer
 * release of it. A form that changes gets another id, and {@link #decode} goes on reading the old
 * one as long as entries in it may be around.
 *
 * <p>Implementations are thread-safe.
 *
 * <h2>A codec of one's own</h2>
 *
 * A cache takes the codec that the setting {@code codec} names by its class. It is a public class
 * with a public constructor without parameters, known to the class loader of the cache manager or
 * of the thread; each cache gets an instance of its own. Its ids are {@value #MIN_OWN_ID} to 255.
 * It sees neither deadlines nor compressed bytes.
 *
 * <pre>{@code
 * public final class PointCodec implements ValueCodec {
 *   private static final int TWO_INTS = 128;
 *
 *   @Override
 *   public EncodedValue encode(Object value) {
 *     if (!(value instanceof Point point)) {
 *       throw new CodecException(value.getClass().getName() + " is no Point", null);
 *     }
 *     byte[] bytes = ByteBuffer.allocate(8).putInt(point.x()).putInt(point.y()).array();
 *     return new EncodedValue(TWO_INTS, bytes);
 *   }
 *
 *   @Override
 *   public Object decode(int codec, byte[] data, int offset, int length) {
 *     if (codec != TWO_INTS || length != 8) {
 *       throw new CodecException(length + " bytes of form " + codec + " are no Point", null);
 *     }
 *     ByteBuffer in = ByteBuffer.wrap(data, offset, length);
 *     return new Point(in.getInt(), in.getInt());
 *   }
 * }
 * }</pre>
 *
 * <p>and, in the properties of the manager, {@code
 * memcached.cache.points.codec=com.acme.PointCodec}.
 *
 * <p>The bytes may be anybody's: whoever can write to a memcached chooses them. A codec looks at
 * lengths before it takes memory for them, and makes no objects of classes that the bytes name.
 */
public interface ValueCodec {

  /** The lowest id of a form that does not belong to this provider; the highest is 255. */
  int MIN_OWN_ID = 128;

  /**
   * The value as bytes that nobody else holds.
   *
   * @param value never null
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
   * @return never null
   * @throws CodecException if the id is unknown or the bytes are not in the form it stands for;
   *     never another exception, and never a value that was not put in
   */
  Object decode(int codec, byte[] data, int offset, int length);
}
