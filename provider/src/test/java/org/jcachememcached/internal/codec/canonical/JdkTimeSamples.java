package org.jcachememcached.internal.codec.canonical;

import java.text.ChoiceFormat;
import java.text.DateFormat;
import java.text.DateFormatSymbols;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.Format;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.DayOfWeek;
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
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoChronology;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.chrono.ThaiBuddhistDate;
import java.time.temporal.ValueRange;
import java.time.temporal.WeekFields;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.Keys;

/** Equal objects of the JDK's classes for times and for text, each with another past. */
@SuppressWarnings("JavaUtilDate")
final class JdkTimeSamples {

  private JdkTimeSamples() {}

  static Stream<Callable<List<Object>>> all() {
    return Stream.concat(time(), text());
  }

  private static Stream<Callable<List<Object>>> time() {
    LocalDate date = LocalDate.of(2026, 11, 21);
    return Stream.of(
        () -> List.of(Duration.ofSeconds(60), Duration.ofMinutes(1)),
        () -> List.of(Instant.ofEpochSecond(1), Instant.ofEpochMilli(1_000)),
        () -> List.of(date, LocalDate.parse("2026-11-21")),
        () -> List.of(date.atTime(1, 2), LocalDateTime.parse("2026-11-21T01:02")),
        () -> List.of(LocalTime.of(1, 2), LocalTime.parse("01:02")),
        () -> List.of(MonthDay.of(1, 2), MonthDay.parse("--01-02")),
        () -> List.of(date.atTime(1, 2).atOffset(ZoneOffset.UTC), offset("2026-11-21T01:02Z")),
        () -> List.of(LocalTime.of(1, 2).atOffset(ZoneOffset.UTC), offsetTime("01:02Z")),
        () -> List.of(Period.of(1, 2, 3), Period.parse("P1Y2M3D")),
        () -> List.of(Year.of(2026), Year.parse("2026")),
        () -> List.of(YearMonth.of(2026, 11), YearMonth.parse("2026-11")),
        () -> List.of(ZoneOffset.UTC, ZoneOffset.of("Z")),
        () -> List.of(ZoneId.of("Europe/Paris"), ZoneId.of(Keys.fresh("Europe/Paris"))),
        () ->
            List.of(
                date.atTime(1, 2).atZone(ZoneId.of("Europe/Paris")),
                date.atTime(LocalTime.parse("01:02")).atZone(ZoneId.of("Europe/Paris"))),
        () -> List.of(HijrahChronology.INSTANCE, HijrahDate.from(date).getChronology()),
        () -> List.of(HijrahDate.from(date), JdkSamples.used(HijrahDate.from(date))),
        () -> List.of(IsoChronology.INSTANCE, date.getChronology()),
        () -> List.of(JapaneseChronology.INSTANCE, JapaneseDate.from(date).getChronology()),
        () -> List.of(JapaneseDate.from(date), JdkSamples.used(JapaneseDate.from(date))),
        () -> List.of(MinguoChronology.INSTANCE, MinguoDate.from(date).getChronology()),
        () -> List.of(MinguoDate.from(date), JdkSamples.used(MinguoDate.from(date))),
        () -> List.of(ThaiBuddhistChronology.INSTANCE, thai(date).getChronology()),
        () -> List.of(thai(date), JdkSamples.used(thai(date))),
        () -> List.of(ValueRange.of(1, 2), JdkSamples.used(ValueRange.of(1, 2))),
        () -> List.of(WeekFields.ISO, WeekFields.of(DayOfWeek.MONDAY, 4)));
  }

  private static Object offset(String text) {
    return OffsetDateTime.parse(text);
  }

  private static Object offsetTime(String text) {
    return OffsetTime.parse(text);
  }

  private static ThaiBuddhistDate thai(LocalDate date) {
    return ThaiBuddhistDate.from(date);
  }

  private static Stream<Callable<List<Object>>> text() {
    return Stream.of(
        () -> List.of(new ChoiceFormat("0#a|1#b"), formatted(new ChoiceFormat("0#a|1#b"), 1)),
        () -> List.of(compact(), formatted(compact(), 1_000)),
        () -> List.of(new DecimalFormat("0.0"), formatted(new DecimalFormat("0.0"), 1.25)),
        () -> List.of(new DecimalFormatSymbols(Locale.ROOT), asked(Locale.ROOT)),
        () -> List.of(new DateFormatSymbols(Locale.ROOT), zones(Locale.ROOT)),
        () -> List.of(new MessageFormat("{0}"), formatted(new MessageFormat("{0}"), new Object[1])),
        () -> List.of(dateFormat(), formatted(dateFormat(), new Date(1)), ofCentury(dateFormat())),
        () -> List.of(DateFormat.Field.YEAR, DateFormat.Field.YEAR),
        () -> List.of(MessageFormat.Field.ARGUMENT, MessageFormat.Field.ARGUMENT),
        () -> List.of(NumberFormat.Field.SIGN, NumberFormat.Field.SIGN));
  }

  private static SimpleDateFormat dateFormat() {
    return new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
  }

  private static SimpleDateFormat ofCentury(SimpleDateFormat format) {
    format.set2DigitYearStart(new Date(1));
    return format;
  }

  private static NumberFormat compact() {
    return NumberFormat.getCompactNumberInstance(Locale.US, NumberFormat.Style.SHORT);
  }

  private static Format formatted(Format format, Object argument) {
    format.format(argument);
    return format;
  }

  private static DecimalFormatSymbols asked(Locale locale) {
    DecimalFormatSymbols symbols = new DecimalFormatSymbols(locale);
    symbols.getCurrency();
    return symbols;
  }

  private static DateFormatSymbols zones(Locale locale) {
    DateFormatSymbols symbols = new DateFormatSymbols(locale);
    symbols.getZoneStrings();
    return symbols;
  }
}
