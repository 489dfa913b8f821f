package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.joda.time.DateTime;
import org.joda.time.DateTimeConstants;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;

/**
 * {@code DateTime}, its properties, {@code Days} and {@code DateTimeConstants}: Joda-Time 2.10, in
 * UTC where no zone is named and in English, whatever machine and operator prefer.
 */
final class DateTimeEntries {
  private DateTimeEntries() {}

  static void fill(Table table) {
    Table.Owner time = table.of(Type.DATETIME, "DateTime");
    constructors(time);
    getters(time);
    properties(time);
    arithmetic(time);
    replacements(time);
    rest(time);
    property(table);
    table
        .of(Type.DAYS, "Days")
        .statics(
            "daysBetween",
            Type.DAYS,
            call -> {
              call.meter().value();
              return new Value.Days(Days.daysBetween(call.time(0), call.time(1)));
            },
            Param.DATETIME,
            Param.DATETIME)
        .method(
            "getDays",
            Type.LONG,
            call -> call.made(((Value.Days) call.receiver()).value().getDays()));
    constants(table.holder("DateTimeConstants"));
  }

  private static void constants(Table.Owner constants) {
    constant(constants, "MONDAY", DateTimeConstants.MONDAY);
    constant(constants, "TUESDAY", DateTimeConstants.TUESDAY);
    constant(constants, "WEDNESDAY", DateTimeConstants.WEDNESDAY);
    constant(constants, "THURSDAY", DateTimeConstants.THURSDAY);
    constant(constants, "FRIDAY", DateTimeConstants.FRIDAY);
    constant(constants, "SATURDAY", DateTimeConstants.SATURDAY);
    constant(constants, "SUNDAY", DateTimeConstants.SUNDAY);
  }

  private static void constant(Table.Owner constants, String name, long value) {
    constants.staticField(name, Type.LONG, call -> call.made(value));
  }

  private static void constructors(Table.Owner time) {
    time.constructor(
            Type.DATETIME, call -> call.made(new DateTime(call.context().now(), DateTimeZone.UTC)))
        .constructor(
            Type.DATETIME, call -> call.made(instant(call, DateTimeZone.UTC)), Param.STRING_OR_LONG)
        .constructor(
            Type.DATETIME,
            call -> call.made(instant(call, FormatterEntries.zone(call, 1))),
            Param.STRING_OR_LONG,
            Param.DATETIME_ZONE)
        .constructor(
            Type.DATETIME,
            call ->
                call.made(
                    new DateTime(
                        call.small(0),
                        call.small(1),
                        call.small(2),
                        call.small(3),
                        call.small(4),
                        call.small(5),
                        call.small(6),
                        FormatterEntries.zone(call, 7))),
            Param.LONG,
            Param.LONG,
            Param.LONG,
            Param.LONG,
            Param.LONG,
            Param.LONG,
            Param.LONG,
            Param.DATETIME_ZONE)
        .statics(
            "parse",
            Type.DATETIME,
            call ->
                call.made(
                    FormatterEntries.zoned(call.argument(1))
                        .parseDateTime(FormatterEntries.written(call, 0))),
            Param.STRING,
            Param.DATETIME_FORMATTER);
  }

  /** Milliseconds since 1970, or ISO-8601. */
  private static DateTime instant(Call call, DateTimeZone zone) {
    return call.argument(0) instanceof Value.Int millis
        ? new DateTime(millis.value(), zone)
        : new DateTime(FormatterEntries.written(call, 0), zone);
  }

  private static void getters(Table.Owner time) {
    time.method("getMillis", Type.LONG, call -> call.made(call.time().getMillis()));
    getter(time, "getYear", DateTime::getYear);
    getter(time, "getMonthOfYear", DateTime::getMonthOfYear);
    getter(time, "getDayOfMonth", DateTime::getDayOfMonth);
    getter(time, "getDayOfWeek", DateTime::getDayOfWeek);
    getter(time, "getDayOfYear", DateTime::getDayOfYear);
    getter(time, "getHourOfDay", DateTime::getHourOfDay);
    getter(time, "getMinuteOfHour", DateTime::getMinuteOfHour);
    getter(time, "getMinuteOfDay", DateTime::getMinuteOfDay);
    getter(time, "getSecondOfMinute", DateTime::getSecondOfMinute);
    getter(time, "getSecondOfDay", DateTime::getSecondOfDay);
    getter(time, "getMillisOfDay", DateTime::getMillisOfDay);
    getter(time, "getMillisOfSecond", DateTime::getMillisOfSecond);
    getter(time, "getWeekOfWeekyear", DateTime::getWeekOfWeekyear);
    getter(time, "getWeekyear", DateTime::getWeekyear);
  }

  private static void getter(Table.Owner time, String name, ToIntFunction<DateTime> get) {
    time.method(name, Type.LONG, call -> call.made(get.applyAsInt(call.time())));
  }

  private static void properties(Table.Owner time) {
    property(time, "dayOfMonth", DateTime::dayOfMonth);
    property(time, "dayOfWeek", DateTime::dayOfWeek);
    property(time, "dayOfYear", DateTime::dayOfYear);
    property(time, "hourOfDay", DateTime::hourOfDay);
    property(time, "millisOfDay", DateTime::millisOfDay);
    property(time, "millisOfSecond", DateTime::millisOfSecond);
    property(time, "minuteOfDay", DateTime::minuteOfDay);
    property(time, "minuteOfHour", DateTime::minuteOfHour);
    property(time, "monthOfYear", DateTime::monthOfYear);
    property(time, "secondOfDay", DateTime::secondOfDay);
    property(time, "secondOfMinute", DateTime::secondOfMinute);
    property(time, "weekOfWeekyear", DateTime::weekOfWeekyear);
    property(time, "weekyear", DateTime::weekyear);
  }

  private static void property(
      Table.Owner time, String name, Function<DateTime, DateTime.Property> of) {
    time.method(
        name,
        Type.DATETIME_PROPERTY,
        call -> {
          call.meter().value();
          return new Value.Property(of.apply(call.time()));
        });
  }

  private static void arithmetic(Table.Owner time) {
    change(time, "plusYears", DateTime::plusYears);
    change(time, "plusMonths", DateTime::plusMonths);
    change(time, "plusWeeks", DateTime::plusWeeks);
    change(time, "plusDays", DateTime::plusDays);
    change(time, "plusHours", DateTime::plusHours);
    change(time, "plusMinutes", DateTime::plusMinutes);
    change(time, "plusSeconds", DateTime::plusSeconds);
    change(time, "plusMillis", DateTime::plusMillis);
    change(time, "minusYears", DateTime::minusYears);
    change(time, "minusMonths", DateTime::minusMonths);
    change(time, "minusWeeks", DateTime::minusWeeks);
    change(time, "minusDays", DateTime::minusDays);
    change(time, "minusHours", DateTime::minusHours);
    change(time, "minusMinutes", DateTime::minusMinutes);
    change(time, "minusSeconds", DateTime::minusSeconds);
    change(time, "minusMillis", DateTime::minusMillis);
  }

  private static void replacements(Table.Owner time) {
    change(time, "withYear", DateTime::withYear);
    change(time, "withWeekyear", DateTime::withWeekyear);
    change(time, "withMonthOfYear", DateTime::withMonthOfYear);
    change(time, "withWeekOfWeekyear", DateTime::withWeekOfWeekyear);
    change(time, "withDayOfYear", DateTime::withDayOfYear);
    change(time, "withDayOfMonth", DateTime::withDayOfMonth);
    change(time, "withDayOfWeek", DateTime::withDayOfWeek);
    change(time, "withHourOfDay", DateTime::withHourOfDay);
    change(time, "withMinuteOfHour", DateTime::withMinuteOfHour);
    change(time, "withSecondOfMinute", DateTime::withSecondOfMinute);
    change(time, "withMillisOfDay", DateTime::withMillisOfDay);
    change(time, "withMillisOfSecond", DateTime::withMillisOfSecond);
    time.method(
            "withTimeAtStartOfDay",
            Type.DATETIME,
            call -> call.made(call.time().withTimeAtStartOfDay()))
        .method("withZone", Type.DATETIME, DateTimeEntries::inZone, Param.DATETIME_ZONE)
        .method("toDateTime", Type.DATETIME, DateTimeEntries::inZone, Param.DATETIME_ZONE);
  }

  private static void change(
      Table.Owner time, String name, BiFunction<DateTime, Integer, DateTime> by) {
    time.method(
        name, Type.DATETIME, call -> call.made(by.apply(call.time(), call.small(0))), Param.LONG);
  }

  private static Value inZone(Call call) {
    return call.made(call.time().withZone(FormatterEntries.zone(call, 0)));
  }

  private static void rest(Table.Owner time) {
    time.method(
            "isAfter",
            Type.BOOLEAN,
            call -> Value.Bool.of(call.time().isAfter(call.time(0))),
            Param.DATETIME)
        .method(
            "isBefore",
            Type.BOOLEAN,
            call -> Value.Bool.of(call.time().isBefore(call.time(0))),
            Param.DATETIME)
        .method(
            "isEqual",
            Type.BOOLEAN,
            call -> Value.Bool.of(call.time().isEqual(call.time(0))),
            Param.DATETIME)
        .method("toString", Type.STRING, call -> call.made(call.time().toString()))
        .method(
            "toString",
            Type.STRING,
            call -> call.made(FormatterEntries.ofPattern(call, call.text(0)).print(call.time())),
            Param.STRING);
  }

  private static void property(Table table) {
    table
        .of(Type.DATETIME_PROPERTY, "Property")
        .method("get", Type.LONG, call -> call.made(held(call).get()))
        .method("getAsText", Type.STRING, call -> call.made(held(call).getAsText(Locale.ENGLISH)))
        .method("withMaximumValue", Type.DATETIME, call -> call.made(held(call).withMaximumValue()))
        .method(
            "withMinimumValue", Type.DATETIME, call -> call.made(held(call).withMinimumValue()));
  }

  private static DateTime.Property held(Call call) {
    return ((Value.Property) call.receiver()).value();
  }
}
