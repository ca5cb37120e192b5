package org.jcachememcached.internal.codec.value;

import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.serialization.ApplicationClasses;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.type.BuiltInCodec;
import org.jcachememcached.internal.library.OptionalLibrary;

/** The value codecs by their names in the setting {@code codec}. Stateless. */
public final class ValueCodecs {

  private ValueCodecs() {}

  /**
   * The codec of a cache.
   *
   * @param codec the name of a {@link BuiltInCodec}, or the full name of a class that implements
   *     {@link ValueCodec}
   * @param valueType the type of the values
   * @param classLoader loads the classes of values, and that of a custom codec
   * @param policy what the bytes may become
   * @throws IllegalArgumentException if there is no such codec, if it cannot hold the type, or if
   *     it needs a library that is not there
   */
  public static ValueCodec named(
      String codec,
      Class<?> valueType,
      Supplier<ClassLoader> classLoader,
      DeserializationPolicy policy) {
    BuiltInCodec builtIn = BuiltInCodec.named(codec);
    if (builtIn == null) {
      return given(instantiate(codec, new ApplicationClasses(classLoader)), valueType);
    }
    return switch (builtIn) {
      case JAVA -> new JavaValueCodec(classLoader, policy);
      case STRING -> new TextValueCodec(valueType);
      case BYTES -> new BytesValueCodec(valueType);
      case JSON -> json(valueType, policy);
    };
  }

  /** A codec of the application, which must keep the contract of {@link ValueCodec}. */
  public static ValueCodec given(ValueCodec codec, Class<?> valueType) {
    return new CheckedValueCodec(codec, valueType);
  }

  private static ValueCodec json(Class<?> valueType, DeserializationPolicy policy) {
    try {
      return new JsonValueCodec(valueType, policy);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "%swhich needs the library %s, which %s"
              .formatted(
                  settingIs(BuiltInCodec.JSON.toString()),
                  OptionalLibrary.JACKSON,
                  OptionalLibrary.JACKSON.fault(e)),
          e);
    }
  }

  private static ValueCodec instantiate(String className, ApplicationClasses classes) {
    Object codec;
    try {
      codec = classes.load(className).getConstructor().newInstance();
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          settingIs(className) + "a class that cannot be loaded: " + e, e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          settingIs(className) + "whose constructor failed: " + e.getCause(), e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          settingIs(className)
              + "but an own codec is a public class with a public constructor without parameters",
          e);
    }
    if (codec instanceof ValueCodec valueCodec) {
      return valueCodec;
    }
    throw new IllegalArgumentException(
        settingIs(className) + "which does not implement " + ValueCodec.class.getName());
  }

  private static String settingIs(String value) {
    return "The setting " + CacheSettings.CODEC.name() + " is " + value + ", ";
  }
}
