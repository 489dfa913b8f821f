package io.millrace.expression.library;

import io.millrace.duration.Durations;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.Locale;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;

/**
 * {@code Util}. A <em>date int</em> is a day as {@code 20200131}, a LONG or a STRING; its days are
 * those of UTC unless a zone is named.
 */
final class UtilEntries {
  private static final DateTimeFormatter DATE_INT =
      DateTimeFormat.forPattern("yyyyMMdd").withZoneUTC().withLocale(Locale.ENGLISH);
  private static final DateTimeFormatter DATE_INT_HOUR =
      DateTimeFormat.forPattern("yyyyMMdd HH").withLocale(Locale.ENGLISH);

  private UtilEntries() {}

  static void fill(Table table) {
    table
        .holder("Util")
        .statics(
            "dateIntToTs",
            Type.LONG,
            call -> call.made(day(call, 0).getMillis()),
            Param.STRING_OR_LONG)
        .statics(
            "tsToDateInt",
            Type.STRING,
            call -> call.made(DATE_INT.print(millis(call, 0))),
            Param.STRING_OR_LONG)
        .statics(
            "incrementDateInt",
            Type.STRING,
            call -> call.made(DATE_INT.print(day(call, 0).plusDays(call.small(1)))),
            Param.STRING_OR_LONG,
            Param.LONG)
        .statics(
            "dateIntHourToTs",
            Type.LONG,
            UtilEntries::dateIntHourToTs,
            Param.STRING_OR_LONG,
            Param.STRING_OR_LONG,
            Param.STRING,
            Param.LONG,
            Param.LONG)
        .statics(
            "dateIntsBetween",
            Type.LONG_ARRAY,
            UtilEntries::dateIntsBetween,
            Param.STRING_OR_LONG,
            Param.STRING_OR_LONG,
            Param.LONG)
        .statics(
            "intsBetween",
            Type.LONG_ARRAY,
            UtilEntries::intsBetween,
            Param.LONG,
            Param.LONG,
            Param.LONG)
        .statics(
            "timeoutForDateTimeDeadline",
            Type.STRING,
            call -> timeout(call, call.time(0), call.text(1)),
            Param.DATETIME,
            Param.STRING)
        .statics(
            "timeoutForDateIntDeadline",
            Type.STRING,
            call -> timeout(call, day(call, 0), call.text(1)),
            Param.STRING_OR_LONG,
            Param.STRING)
        .statics(
            "toJson",
            Type.STRING,
            call -> call.made(JsonText.of(call.argument(0), call.meter())),
            Param.ANY);
  }

  private static DateTime day(Call call, int index) {
    String written = FormatterEntries.written(call, index);
    // Joda-Time's yyyy takes any number of digits, so that 2020013 would be a day of the year 202.
    if (written.length() != 8) {
      throw call.invalid("a date int such as 20200131", written);
    }
    return DATE_INT.parseDateTime(written);
  }

  private static long millis(Call call, int index) {
    return call.argument(index) instanceof Value.Int number
        ? number.value()
        : NumberEntries.parsed(call, FormatterEntries.written(call, index));
  }

  private static Value dateIntHourToTs(Call call) {
    String hour = FormatterEntries.written(call, 1);
    DateTimeZone zone = DateTimeZone.forID(FormatterEntries.written(call, 2));
    String date = DATE_INT.print(day(call, 0));
    return call.made(
        DATE_INT_HOUR
            .withZone(zone)
            .parseDateTime(date + " " + hour)
            .minusDays(call.small(3))
            .minusHours(call.small(4))
            .getMillis());
  }

  /** From the first inclusive to the second exclusive; none if the step is 0 or leads away. */
  private static Value intsBetween(Call call) {
    long from = call.whole(0);
    long step = call.whole(2);
    int count = count(call, from, call.whole(1), step);
    Value[] items = new Value[count];
    for (int i = 0; i < count; i++) {
      items[i] = new Value.Int(from + i * step);
    }
    return new Value.Array(Type.LONG_ARRAY, items);
  }

  /**
   * Days from the first inclusive to the second exclusive; with a negative step the same days as
   * from the second to the first with the positive one, in reverse (observed of Maestro).
   */
  private static Value dateIntsBetween(Call call) {
    long step = call.small(2);
    DateTime from = day(call, step < 0 ? 1 : 0);
    DateTime to = day(call, step < 0 ? 0 : 1);
    int count = count(call, 0, Days.daysBetween(from, to).getDays(), Math.abs(step));
    Value[] items = new Value[count];
    for (int i = 0; i < count; i++) {
      DateTime day = from.plusDays(Math.toIntExact(i * Math.abs(step)));
      items[step < 0 ? count - 1 - i : i] = new Value.Int(Long.parseLong(DATE_INT.print(day)));
    }
    return new Value.Array(Type.LONG_ARRAY, items);
  }

  /** How many steps there are, metered as an array. */
  private static int count(Call call, long from, long to, long step) {
    if (step == 0 || (step > 0) != (to > from) || from == to) {
      return 0;
    }
    // distance and stride are unsigned: that of two longs, and minus the smallest, are no longs
    long distance = step > 0 ? to - from : from - to;
    long count = Long.divideUnsigned(distance - 1, Math.abs(step)) + 1;
    call.meter().array(count < 0 ? Long.MAX_VALUE : count);
    call.meter().visits(count);
    return (int) count;
  }

  /** How long it is from now until so long after {@code from}; 0 if that is past. */
  private static Value timeout(Call call, DateTime from, String after) {
    long millis =
        Durations.parse(after)
            .orElseThrow(() -> call.invalid("a duration such as '2 hours 30 minutes'", after))
            .toMillis();
    long deadline = Math.addExact(from.getMillis(), millis);
    long left = Math.max(0, Math.subtractExact(deadline, call.context().now()));
    return call.made(left + " milliseconds");
  }
}
