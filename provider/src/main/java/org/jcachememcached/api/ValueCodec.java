package org.jcachememcached.api;

/**
 * Converts values to bytes and back. A codec may write values in several forms. Each form has an
 * id, which is stored beside the bytes.
 *
 * <p>Once bytes have been stored under an id, the id must keep its meaning for ever: the bytes
 * outlive the JVM that wrote them, and instances of the application that run an older or a newer
 * release read them. A form that changes gets another id, and {@link #decode} continues to read the
 * old one as long as there may be entries in it.
 *
 * <p>Implementations are thread-safe.
 *
 * <h2>Custom codecs</h2>
 *
 * The setting {@code codec} of a cache takes the name of a class that implements this interface: a
 * public class with a public constructor without parameters, visible to the class loader of the
 * cache manager or of the thread. Each cache creates an instance. In code, an instance of any such
 * class can be given to {@code MemcachedConfiguration.setCodec}. The ids of its forms are {@value
 * #MIN_OWN_ID} to 255. It sees neither deadlines nor compressed bytes.
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
 * <p>Do not trust the bytes: everyone with access to a memcached can write to it. A codec checks
 * lengths before it allocates memory, and creates no objects of classes that the bytes name.
 */
public interface ValueCodec {

  /** The lowest id of a form of a custom codec; the highest is {@link EncodedValue#MAX_ID}. */
  int MIN_OWN_ID = 128;

  /**
   * Encodes a value, into an array that is not used for anything else.
   *
   * @param value never null
   * @throws CodecException if the value cannot be encoded; the message names its class
   */
  EncodedValue encode(Object value);

  /**
   * Decodes a value, which must not refer to the array.
   *
   * @param codec the id that {@link #encode} returned with the bytes
   * @param data holds the bytes and possibly others; not to be changed
   * @param offset where the bytes begin
   * @param length the number of bytes
   * @return never null
   * @throws CodecException if the id is unknown or the bytes are not in its form. No other
   *     exception may be thrown, and no value returned that was not encoded.
   */
  Object decode(int codec, byte[] data, int offset, int length);
}
