package org.jcachememcached.codec;

import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collections in the canonical form. Their interfaces define when they are equal, whatever class
 * they are of; so the class is not written, and what has no order is sorted. Stateless.
 */
final class CollectionTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x40,
              List.class,
              (list, out) -> ArrayTypes.writeElements(list.toArray(), out),
              ArrayTypes::readElements),
          new CanonicalType<>(0x41, Set.class, CollectionTypes::writeSet, CollectionTypes::readSet),
          new CanonicalType<>(0x42, Map.class, CollectionTypes::writeMap, CollectionTypes::readMap),
          new CanonicalType<>(
              0x43, Map.Entry.class, CollectionTypes::writeEntry, CollectionTypes::readEntry),
          new CanonicalType<>(
              0x44,
              Optional.class,
              CollectionTypes::writeOptional,
              in -> Optional.ofNullable(in.readObject())));

  private CollectionTypes() {}

  private static void writeSet(Set<?> set, CanonicalWriter out) throws IOException {
    List<byte[]> elements = new ArrayList<>(set.size());
    for (Object element : set) {
      elements.add(out.aside(element));
    }
    writeSorted(elements, out);
  }

  private static Set<@Nullable Object> readSet(CanonicalReader in) throws IOException {
    return new HashSet<>(ArrayTypes.readElements(in));
  }

  private static void writeMap(Map<?, ?> map, CanonicalWriter out) throws IOException {
    List<byte[]> entries = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.add(out.aside(entry.getKey(), entry.getValue()));
    }
    writeSorted(entries, out);
  }

  private static Map<@Nullable Object, @Nullable Object> readMap(CanonicalReader in)
      throws IOException {
    int count = in.readCount();
    Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
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
      throws IOException {
    Object key = in.readObject();
    return new SimpleImmutableEntry<>(key, in.readObject());
  }

  private static void writeOptional(Optional<?> optional, CanonicalWriter out) throws IOException {
    out.writeObject(optional.orElse(null));
  }
}
