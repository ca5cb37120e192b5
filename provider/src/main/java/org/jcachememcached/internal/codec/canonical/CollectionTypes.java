package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Collections in the canonical form. Their interfaces define when they are equal, whatever their
 * class; so the class is not written, and what has no order is sorted. Stateless.
 */
final class CollectionTypes {

  private static final CanonicalType<?> LIST =
      new CanonicalType<>(
          0x40,
          List.class,
          (list, out) -> ArrayTypes.writeElements(list.toArray(), out),
          ArrayTypes::readElements);

  private static final CanonicalType<?> SET =
      new CanonicalType<>(0x41, Set.class, CollectionTypes::writeSet, CollectionTypes::readSet);

  private static final CanonicalType<?> MAP =
      new CanonicalType<>(0x42, Map.class, CollectionTypes::writeMap, CollectionTypes::readMap);

  private static final CanonicalType<?> ENTRY =
      new CanonicalType<>(
          0x43, Map.Entry.class, CollectionTypes::writeEntry, CollectionTypes::readEntry);

  private static final CanonicalType<?> OPTIONAL =
      new CanonicalType<>(
          0x44,
          Optional.class,
          CollectionTypes::writeOptional,
          in -> Optional.ofNullable(in.readObject()));

  static final List<CanonicalType<?>> ALL = List.of(LIST, SET, MAP, ENTRY, OPTIONAL);

  /** A list, set or map that is read back as an object of its class. */
  static final CanonicalType<?> OF_CLASS =
      new CanonicalType<>(
          0x45, Object.class, CollectionTypes::writeOfClass, CollectionTypes::readOfClass);

  private static final Map<CanonicalType<?>, Class<?>> READ_AS =
      Map.of(
          LIST, ArrayList.class,
          SET, LinkedHashSet.class,
          MAP, LinkedHashMap.class,
          ENTRY, SimpleImmutableEntry.class);

  private CollectionTypes() {}

  private static void writeSet(Set<?> set, CanonicalWriter out) throws IOException {
    List<byte[]> elements = new ArrayList<>(set.size());
    for (Object element : set) {
      elements.add(out.aside(element));
    }
    writeSorted(elements, out);
  }

  private static Set<@Nullable Object> readSet(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    return new LinkedHashSet<>(ArrayTypes.readElements(in));
  }

  private static void writeMap(Map<?, ?> map, CanonicalWriter out) throws IOException {
    List<byte[]> entries = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.add(out.aside(entry.getKey(), entry.getValue()));
    }
    writeSorted(entries, out);
  }

  private static Map<@Nullable Object, @Nullable Object> readMap(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    int count = in.readCount();
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Object key = in.readObject();
      map.put(key, in.readObject());
    }
    return map;
  }

  private static void writeSorted(List<byte[]> elements, CanonicalWriter out) throws IOException {
    elements.sort(Arrays::compareUnsigned);
    out.writeCount(elements.size());
    for (byte[] element : elements) {
      out.write(element);
    }
  }

  private static void writeEntry(Map.Entry<?, ?> entry, CanonicalWriter out) throws IOException {
    out.writeObject(entry.getKey());
    out.writeObject(entry.getValue());
  }

  private static Map.Entry<@Nullable Object, @Nullable Object> readEntry(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    Object key = in.readObject();
    return new SimpleImmutableEntry<>(key, in.readObject());
  }

  private static void writeOptional(Optional<?> optional, CanonicalWriter out) throws IOException {
    out.writeObject(optional.orElse(null));
  }

  /**
   * The type as which an object is written so that, when it is read back, it can be assigned to the
   * same fields.
   *
   * @param places the types of these fields; empty if there are none
   */
  static CanonicalType<?> fitting(Object object, Set<Class<?>> places) {
    CanonicalType<?> type = CanonicalTypes.of(object.getClass());
    Class<?> readAs = READ_AS.get(type);
    if (readAs == null || places.stream().allMatch(place -> admits(place, readAs, object))) {
      return type;
    }
    if (isMadeOfContent(object.getClass())) {
      return OF_CLASS;
    }
    return object instanceof Serializable ? SerializedType.SERIALIZED : type;
  }

  private static boolean admits(Class<?> place, Class<?> readAs, Object object) {
    return place.isAssignableFrom(readAs) || !place.isInstance(object);
  }

  /** Whether an instance is fully described by its class and content. */
  private static boolean isMadeOfContent(Class<?> type) {
    return type.getName().startsWith("java.util.")
        && !SortedMap.class.isAssignableFrom(type)
        && !SortedSet.class.isAssignableFrom(type)
        && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
        && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }

  private static void writeOfClass(Object collection, CanonicalWriter out) throws IOException {
    out.writeClass(collection.getClass());
    out.writeObject(collection);
  }

  @SuppressWarnings("unchecked") // The content was once in such a collection.
  private static Object readOfClass(CanonicalReader in) throws IOException, ClassNotFoundException {
    Class<?> type = in.readClass();
    if (!isMadeOfContent(type)) {
      throw new InvalidClassException(type.getName(), "this is no collection of the JDK");
    }
    Object collection = Reflection.construct(Reflection.constructor(type));
    Object content = in.readObject();
    if (collection instanceof Map<?, ?> map && content instanceof Map<?, ?> entries) {
      ((Map<Object, Object>) map).putAll(entries);
    } else if (collection instanceof Collection<?> all && content instanceof Collection<?> part) {
      ((Collection<Object>) all).addAll(part);
    } else {
      throw new StreamCorruptedException("this is not the content of a " + type.getName());
    }
    return collection;
  }
}
