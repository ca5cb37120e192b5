package org.jcachememcached.internal.codec.canonical;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The types of {@code java.time} in the canonical form. As numbers, not as text: some of them write
 * years beyond 9999 as text that they do not read. Stateless.
 */
final class TimeTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(0x20, Instant.class, TimeTypes::writeInstant, TimeTypes::readInstant),
          new CanonicalType<>(
              0x21, Duration.class, TimeTypes::writeDuration, TimeTypes::readDuration),
          new CanonicalType<>(0x22, Period.class, TimeTypes::writePeriod, TimeTypes::readPeriod),
          new CanonicalType<>(0x23, LocalDate.class, TimeTypes::writeDate, TimeTypes::readDate),
          new CanonicalType<>(0x24, LocalTime.class, TimeTypes::writeTime, TimeTypes::readTime),
          new CanonicalType<>(
              0x25, LocalDateTime.class, TimeTypes::writeDateTime, TimeTypes::readDateTime),
          new CanonicalType<>(
              0x26, OffsetTime.class, TimeTypes::writeOffsetTime, TimeTypes::readOffsetTime),
          new CanonicalType<>(
              0x27,
              OffsetDateTime.class,
              TimeTypes::writeOffsetDateTime,
              TimeTypes::readOffsetDateTime),
          new CanonicalType<>(
              0x28,
              ZonedDateTime.class,
              TimeTypes::writeZonedDateTime,
              TimeTypes::readZonedDateTime),
          new CanonicalType<>(
              0x29,
              Year.class,
              (year, out) -> out.writeInt(year.getValue()),
              in -> Year.of(in.readInt())),
          new CanonicalType<>(
              0x2a, YearMonth.class, TimeTypes::writeYearMonth, TimeTypes::readYearMonth),
          new CanonicalType<>(
              0x2b, MonthDay.class, TimeTypes::writeMonthDay, TimeTypes::readMonthDay),
          new CanonicalType<>(
              0x2c, ZoneOffset.class, TimeTypes::writeOffset, TimeTypes::readOffset));

  private TimeTypes() {}

  private static void writeInstant(Instant instant, DataOutput out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant readInstant(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Instant.ofEpochSecond(seconds, in.readInt());
  }

  private static void writeDuration(Duration duration, DataOutput out) throws IOException {
    out.writeLong(duration.getSeconds());
    out.writeInt(duration.getNano());
  }

  private static Duration readDuration(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Duration.ofSeconds(seconds, in.readInt());
  }

  private static void writePeriod(Period period, DataOutput out) throws IOException {
    out.writeInt(period.getYears());
    out.writeInt(period.getMonths());
    out.writeInt(period.getDays());
  }

  private static Period readPeriod(DataInput in) throws IOException {
    int years = in.readInt();
    int months = in.readInt();
    return Period.of(years, months, in.readInt());
  }

  private static void writeDate(LocalDate date, DataOutput out) throws IOException {
    out.writeLong(date.toEpochDay());
  }

  private static LocalDate readDate(DataInput in) throws IOException {
    return LocalDate.ofEpochDay(in.readLong());
  }

  private static void writeTime(LocalTime time, DataOutput out) throws IOException {
    out.writeLong(time.toNanoOfDay());
  }

  private static LocalTime readTime(DataInput in) throws IOException {
    return LocalTime.ofNanoOfDay(in.readLong());
  }

  private static void writeDateTime(LocalDateTime dateTime, DataOutput out) throws IOException {
    writeDate(dateTime.toLocalDate(), out);
    writeTime(dateTime.toLocalTime(), out);
  }

  private static LocalDateTime readDateTime(DataInput in) throws IOException {
    LocalDate date = readDate(in);
    return LocalDateTime.of(date, readTime(in));
  }

  private static void writeOffsetTime(OffsetTime time, DataOutput out) throws IOException {
    writeTime(time.toLocalTime(), out);
    writeOffset(time.getOffset(), out);
  }

  private static OffsetTime readOffsetTime(DataInput in) throws IOException {
    LocalTime time = readTime(in);
    return OffsetTime.of(time, readOffset(in));
  }

  private static void writeOffsetDateTime(OffsetDateTime dateTime, DataOutput out)
      throws IOException {
    writeDateTime(dateTime.toLocalDateTime(), out);
    writeOffset(dateTime.getOffset(), out);
  }

  private static OffsetDateTime readOffsetDateTime(DataInput in) throws IOException {
    LocalDateTime dateTime = readDateTime(in);
    return OffsetDateTime.of(dateTime, readOffset(in));
  }

  private static void writeZonedDateTime(ZonedDateTime dateTime, CanonicalWriter out)
      throws IOException {
    writeDateTime(dateTime.toLocalDateTime(), out);
    writeOffset(dateTime.getOffset(), out);
    out.writeText(dateTime.getZone().getId());
  }

  private static ZonedDateTime readZonedDateTime(CanonicalReader in) throws IOException {
    LocalDateTime dateTime = readDateTime(in);
    ZoneOffset offset = readOffset(in);
    return ZonedDateTime.ofStrict(dateTime, offset, ZoneId.of(in.readText()));
  }

  private static void writeYearMonth(YearMonth month, DataOutput out) throws IOException {
    out.writeInt(month.getYear());
    out.writeByte(month.getMonthValue());
  }

  private static YearMonth readYearMonth(DataInput in) throws IOException {
    int year = in.readInt();
    return YearMonth.of(year, in.readByte());
  }

  private static void writeMonthDay(MonthDay day, DataOutput out) throws IOException {
    out.writeByte(day.getMonthValue());
    out.writeByte(day.getDayOfMonth());
  }

  private static MonthDay readMonthDay(DataInput in) throws IOException {
    int month = in.readByte();
    return MonthDay.of(month, in.readByte());
  }

  private static void writeOffset(ZoneOffset offset, DataOutput out) throws IOException {
    out.writeInt(offset.getTotalSeconds());
  }

  private static ZoneOffset readOffset(DataInput in) throws IOException {
    return ZoneOffset.ofTotalSeconds(in.readInt());
  }
}
