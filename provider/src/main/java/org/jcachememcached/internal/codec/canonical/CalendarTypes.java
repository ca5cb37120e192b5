package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.text.DateFormatSymbols;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;

/**
 * Calendars, and classes that contain one, in the canonical form: without computed fields, and time
 * zones without their rules, which differ between releases of the JDK. Stateless.
 */
@SuppressWarnings("JavaUtilDate") // Calendars use these dates.
final class CalendarTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x67,
              GregorianCalendar.class,
              CalendarTypes::writeCalendar,
              CalendarTypes::readCalendar),
          zonesOf(TimeZone.getTimeZone("UTC").getClass()),
          new CanonicalType<>(
              0x69, SimpleDateFormat.class, CalendarTypes::writeFormat, CalendarTypes::readFormat));

  private CalendarTypes() {}

  private static void writeCalendar(GregorianCalendar calendar, CanonicalWriter out)
      throws IOException {
    // getTimeInMillis may compute fields, which must not change the object of the application.
    out.writeLong(((Calendar) calendar.clone()).getTimeInMillis());
    out.writeLong(calendar.getGregorianChange().getTime());
    writeRules(calendar, out);
  }

  private static GregorianCalendar readCalendar(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    GregorianCalendar calendar = new GregorianCalendar();
    calendar.setTimeInMillis(in.readLong());
    calendar.setGregorianChange(new Date(in.readLong()));
    readRules(calendar, in);
    return calendar;
  }

  private static void writeRules(Calendar calendar, CanonicalWriter out) throws IOException {
    out.writeObject(calendar.getTimeZone());
    out.writeBoolean(calendar.isLenient());
    out.writeByte(calendar.getFirstDayOfWeek());
    out.writeByte(calendar.getMinimalDaysInFirstWeek());
  }

  private static void readRules(Calendar calendar, CanonicalReader in)
      throws IOException, ClassNotFoundException {
    calendar.setTimeZone(read(TimeZone.class, in));
    calendar.setLenient(in.readBoolean());
    calendar.setFirstDayOfWeek(in.readByte());
    calendar.setMinimalDaysInFirstWeek(in.readByte());
  }

  /** The zones of the database of the JDK, whose class is not public. */
  private static <Z extends TimeZone> CanonicalType<Z> zonesOf(Class<Z> type) {
    return new CanonicalType<>(0x68, type, CalendarTypes::writeZone, in -> type.cast(readZone(in)));
  }

  private static void writeZone(TimeZone zone, CanonicalWriter out) throws IOException {
    boolean known = zone.equals(zoneOf(zone.getID(), zone.getRawOffset()));
    out.writeBoolean(known);
    if (known) {
      out.writeText(zone.getID());
      out.writeInt(zone.getRawOffset());
    } else {
      out.graph().serialize(zone, out);
    }
  }

  private static Object readZone(CanonicalReader in) throws IOException, ClassNotFoundException {
    if (!in.readBoolean()) {
      return in.readSerialized(in.readBoolean());
    }
    String id = in.readText();
    TimeZone zone = zoneOf(id, in.readInt());
    if (!zone.getID().equals(id)) {
      throw new StreamCorruptedException("there is no time zone " + id);
    }
    return zone;
  }

  private static TimeZone zoneOf(String id, int rawOffset) {
    TimeZone zone = TimeZone.getTimeZone(id);
    if (zone.getRawOffset() != rawOffset) {
      zone.setRawOffset(rawOffset);
    }
    return zone;
  }

  /** Without the date that was last formatted, and the century of years with two digits. */
  private static void writeFormat(SimpleDateFormat format, CanonicalWriter out) throws IOException {
    out.writeText(format.toPattern());
    out.writeObject(format.getDateFormatSymbols());
    out.writeObject(format.getNumberFormat());
    writeRules(format.getCalendar(), out);
  }

  private static SimpleDateFormat readFormat(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    String pattern = in.readText();
    SimpleDateFormat format = new SimpleDateFormat(pattern, read(DateFormatSymbols.class, in));
    format.setNumberFormat(read(NumberFormat.class, in));
    readRules(format.getCalendar(), in);
    return format;
  }

  private static <T> T read(Class<T> type, CanonicalReader in)
      throws IOException, ClassNotFoundException {
    Object object = in.readObject();
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw new StreamCorruptedException("this is no " + type.getSimpleName());
  }
}
