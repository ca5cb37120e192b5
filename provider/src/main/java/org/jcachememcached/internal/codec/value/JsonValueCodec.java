package org.jcachememcached.internal.codec.value;

import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON in UTF-8, by Jackson, with its annotations. Thread-safe.
 *
 * <p>What is read becomes an object of the value type of the cache. The bytes do not determine the
 * class: values of a subclass are written and read back as the value type, unless that type has
 * {@code @JsonTypeInfo} with names. Objects, Maps and Lists of unknown content become what JSON
 * has: maps, lists, strings, numbers, booleans.
 *
 * <p>It is strict: unknown properties, text where a number is wanted, a number that does not fit,
 * and anything after the value are refused, and the message says where.
 */
final class JsonValueCodec implements ValueCodec {

  private final Class<?> valueType;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final int maxBytes;

  /**
   * @param valueType the type of the values
   * @param policy how deep and how long what is read may be
   * @throws IllegalArgumentException if Jackson does not support the type
   */
  JsonValueCodec(Class<?> valueType, DeserializationPolicy policy) {
    this.valueType = valueType;
    this.maxBytes = policy.maxBytes();
    JsonMapper mapper = mapper(policy.maxDepth());
    JavaType type = mapper.constructType(valueType);
    reader = mapper.readerFor(type);
    writer = mapper.writerFor(type);
  }

  private static JsonMapper mapper(int maxDepth) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(maxDepth).build())
            .build();
    return JsonMapper.builder(factory)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }

  @Override
  public EncodedValue encode(Object value) {
    try {
      return new EncodedValue(PayloadType.JSON.id(), writer.writeValueAsBytes(value));
    } catch (JacksonException e) {
      throw new CodecException(value.getClass().getName() + " cannot become JSON: " + reason(e), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new CodecException(value.getClass().getName() + " cannot become JSON: " + e, e);
    } catch (LinkageError e) {
      throw new CodecException(
          value.getClass().getName() + " cannot become JSON: " + OptionalLibrary.JACKSON.explain(e),
          e);
    }
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    if (codec != PayloadType.JSON.id()) {
      throw new CodecException("The codec json knows no form " + codec, null);
    }
    if (length > maxBytes) {
      throw new CodecException(
          "The JSON has %d bytes, more than %d, the limit that the setting %s sets"
              .formatted(length, maxBytes, CacheSettings.DESERIALIZATION_MAX_BYTES.name()),
          null);
    }
    Object value = read(data, offset, length);
    if (value == null) {
      throw new CodecException("The JSON is null, which is no value of a cache", null);
    }
    return value;
  }

  private @Nullable Object read(byte[] data, int offset, int length) {
    try {
      return reader.readValue(data, offset, length);
    } catch (JacksonException e) {
      throw new CodecException("The JSON is no " + valueType.getName() + ": " + reason(e), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new CodecException("The JSON is no " + valueType.getName() + ": " + e, e);
    } catch (LinkageError e) {
      throw new CodecException(
          "The JSON cannot become a %s: %s"
              .formatted(valueType.getName(), OptionalLibrary.JACKSON.explain(e)),
          e);
    }
  }

  /** What is wrong and where, without the surrounding text, which may be confidential. */
  private static String reason(JacksonException e) {
    return e.getPath().isEmpty()
        ? e.getOriginalMessage()
        : "at " + e.getPathReference() + ": " + e.getOriginalMessage();
  }
}
