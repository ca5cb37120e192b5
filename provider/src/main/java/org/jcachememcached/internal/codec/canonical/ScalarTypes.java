package org.jcachememcached.internal.codec.canonical;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Strings, numbers and other simple objects in the canonical form. Stateless. */
final class ScalarTypes {

  @SuppressWarnings("JavaUtilDate") // Applications have Dates in their keys.
  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x10, String.class, (text, out) -> out.writeText(text), CanonicalReader::readText),
          new CanonicalType<>(
              0x11, Boolean.class, (b, out) -> out.writeBoolean(b), DataInput::readBoolean),
          new CanonicalType<>(
              0x12, Character.class, (c, out) -> out.writeChar(c), DataInput::readChar),
          new CanonicalType<>(0x13, Byte.class, (n, out) -> out.writeByte(n), DataInput::readByte),
          new CanonicalType<>(
              0x14, Short.class, (n, out) -> out.writeShort(n), DataInput::readShort),
          new CanonicalType<>(0x15, Integer.class, (n, out) -> out.writeInt(n), DataInput::readInt),
          new CanonicalType<>(0x16, Long.class, (n, out) -> out.writeLong(n), DataInput::readLong),
          // Bit by bit, but with one NaN, as equals compares.
          new CanonicalType<>(
              0x17, Float.class, (n, out) -> out.writeFloat(n), DataInput::readFloat),
          new CanonicalType<>(
              0x18, Double.class, (n, out) -> out.writeDouble(n), DataInput::readDouble),
          new CanonicalType<>(
              0x19,
              BigInteger.class,
              (n, out) -> out.writeBlock(n.toByteArray()),
              in -> new BigInteger(in.readBlock())),
          new CanonicalType<>(
              0x1a, BigDecimal.class, ScalarTypes::writeDecimal, ScalarTypes::readDecimal),
          new CanonicalType<>(0x1b, UUID.class, ScalarTypes::writeUuid, ScalarTypes::readUuid),
          new CanonicalType<>(
              0x1c,
              Date.class,
              (date, out) -> out.writeLong(date.getTime()),
              in -> new Date(in.readLong())));

  private ScalarTypes() {}

  private static void writeDecimal(BigDecimal decimal, CanonicalWriter out) throws IOException {
    out.writeInt(decimal.scale());
    out.writeBlock(decimal.unscaledValue().toByteArray());
  }

  private static BigDecimal readDecimal(CanonicalReader in) throws IOException {
    int scale = in.readInt();
    return new BigDecimal(new BigInteger(in.readBlock()), scale);
  }

  private static void writeUuid(UUID uuid, DataOutput out) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  private static UUID readUuid(DataInput in) throws IOException {
    long mostSignificant = in.readLong();
    return new UUID(mostSignificant, in.readLong());
  }
}
