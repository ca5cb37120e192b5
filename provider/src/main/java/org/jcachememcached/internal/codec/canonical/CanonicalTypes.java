package org.jcachememcached.internal.codec.canonical;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.ClassMemo;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jspecify.annotations.Nullable;

/** All types of the canonical form, and the type of each class. Stateless. */
final class CanonicalTypes {

  /** The tag of null, which is of no type. */
  static final int NULL = 0;

  /** Types whose objects refer to no other objects; without their subclasses. */
  private static final Map<Class<?>, CanonicalType<?>> SCALARS =
      byType(Stream.concat(ScalarTypes.ALL.stream(), TimeTypes.ALL.stream()));

  /** Types whose equal objects are distinguishable, so that these forms are used in keys only. */
  private static final Map<Class<?>, CanonicalType<?>> JDK_TYPES = byType(JdkTypes.ALL.stream());

  /**
   * Types with their subclasses; the first that matches is used. Records come before the
   * collections, because their class is significant; Serializable comes last.
   */
  private static final List<CanonicalType<?>> STRUCTURES =
      Stream.of(
              NamedTypes.ALL,
              ArrayTypes.ALL,
              List.of(RecordType.RECORD),
              CollectionTypes.ALL,
              List.of(SerializedType.SERIALIZED))
          .<CanonicalType<?>>flatMap(List::stream)
          .toList();

  private static final Map<Integer, CanonicalType<?>> BY_TAG =
      Stream.of(
              SCALARS.values(),
              JDK_TYPES.values(),
              STRUCTURES,
              List.of(ParameterKeyType.PARAMETER_KEY, CollectionTypes.OF_CLASS))
          .<CanonicalType<?>>flatMap(types -> types.stream())
          .collect(Collectors.toUnmodifiableMap(CanonicalType::tag, Function.identity()));

  private static final ClassMemo<CanonicalType<?>> BY_CLASS =
      new ClassMemo<>(CanonicalTypes::choose);

  private CanonicalTypes() {}

  /**
   * The type of the objects of a class.
   *
   * @throws CodecException if there is none
   */
  static CanonicalType<?> of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** The simple type of exactly that class, or null. */
  static @Nullable CanonicalType<?> scalar(Class<?> type) {
    return SCALARS.get(type);
  }

  /** The simple type with that tag, or null. */
  static @Nullable CanonicalType<?> scalarTagged(int tag) {
    CanonicalType<?> type = BY_TAG.get(tag);
    return type == null ? null : scalar(type.type());
  }

  /** The type with that tag, or null. */
  static @Nullable CanonicalType<?> tagged(int tag) {
    return BY_TAG.get(tag);
  }

  private static CanonicalType<?> choose(Class<?> type) {
    CanonicalType<?> exact = SCALARS.getOrDefault(type, JDK_TYPES.get(type));
    if (exact != null) {
      return exact;
    }
    if (ParameterKeyType.matches(type)) {
      return ParameterKeyType.PARAMETER_KEY;
    }
    for (CanonicalType<?> structure : STRUCTURES) {
      if (structure.type().isAssignableFrom(type)) {
        return structure;
      }
    }
    throw JavaSerialization.notSerializable(type);
  }

  private static Map<Class<?>, CanonicalType<?>> byType(Stream<CanonicalType<?>> types) {
    return types.collect(Collectors.toUnmodifiableMap(CanonicalType::type, Function.identity()));
  }
}
