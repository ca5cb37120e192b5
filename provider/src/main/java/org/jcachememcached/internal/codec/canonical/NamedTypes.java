package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.InvalidClassException;
import java.time.ZoneId;
import java.util.List;

/** Objects that are identified by a name: classes, enum constants, time zones. Stateless. */
final class NamedTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x50, Class.class, (type, out) -> out.writeClass(type), CanonicalReader::readClass),
          new CanonicalType<>(0x51, Enum.class, NamedTypes::writeEnum, NamedTypes::readEnum),
          new CanonicalType<>(
              0x52,
              ZoneId.class,
              (zone, out) -> out.writeText(zone.getId()),
              in -> ZoneId.of(in.readText())));

  private NamedTypes() {}

  private static void writeEnum(Enum<?> constant, CanonicalWriter out) throws IOException {
    // Not getClass(): a constant with a body has a class of its own.
    out.writeClass(constant.getDeclaringClass());
    out.writeText(constant.name());
  }

  private static Enum<?> readEnum(CanonicalReader in) throws IOException, ClassNotFoundException {
    Class<?> type = in.readClass();
    String name = in.readText();
    Object[] constants = type.getEnumConstants();
    if (constants != null) {
      for (Object constant : constants) {
        if (((Enum<?>) constant).name().equals(name)) {
          return (Enum<?>) constant;
        }
      }
    }
    throw new InvalidClassException(type.getName(), "there is no enum constant " + name);
  }
}
