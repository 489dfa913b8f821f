package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.Locale;
import org.joda.time.DateTimeZone;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;

/** {@code DateTimeZone} and {@code DateTimeFormatter}, which is {@code DateTimeFormat} too. */
final class FormatterEntries {
  /** Characters of a pattern, inclusive. */
  static final int MAX_PATTERN_CHARS = 100;

  /** Characters of a text that is to be a date, inclusive. */
  static final int MAX_DATE_CHARS = 1_000;

  private FormatterEntries() {}

  static void fill(Table table) {
    table
        .of(Type.DATETIME_ZONE, "DateTimeZone")
        .staticField("UTC", Type.DATETIME_ZONE, call -> new Value.Zone(DateTimeZone.UTC))
        .statics(
            "forID",
            Type.DATETIME_ZONE,
            call -> {
              call.meter().value();
              return new Value.Zone(DateTimeZone.forID(written(call, 0)));
            },
            Param.STRING)
        .method(
            "getOffset",
            Type.LONG,
            call -> call.made(((Value.Zone) call.receiver()).value().getOffset(call.time(0))),
            Param.DATETIME)
        .method("toString", Type.STRING, call -> call.made(call.receiver().text()));
    table
        .of(Type.DATETIME_FORMATTER, "DateTimeFormatter", "DateTimeFormat")
        .statics(
            "forPattern",
            Type.DATETIME_FORMATTER,
            call -> new Value.Formatter(ofPattern(call, call.text(0))),
            Param.STRING)
        .method(
            "withZone",
            Type.DATETIME_FORMATTER,
            call -> new Value.Formatter(formatter(call.receiver()).withZone(zone(call, 0))),
            Param.DATETIME_ZONE)
        .method(
            "parseDateTime",
            Type.DATETIME,
            call -> call.made(zoned(call.receiver()).parseDateTime(written(call, 0))),
            Param.STRING_OR_LONG)
        .method(
            "parseMillis",
            Type.LONG,
            call -> call.made(zoned(call.receiver()).parseMillis(written(call, 0))),
            Param.STRING_OR_LONG)
        .method("print", Type.STRING, FormatterEntries::print, Param.DATETIME_OR_LONG);
  }

  private static Value print(Call call) {
    return call.made(
        call.argument(0) instanceof Value.Int millis
            ? zoned(call.receiver()).print(millis.value())
            : formatter(call.receiver()).print(call.time(0)));
  }

  static DateTimeFormatter formatter(Value value) {
    return ((Value.Formatter) value).value();
  }

  /** With the zone that counts where the text or the time has none: UTC unless it was set. */
  static DateTimeFormatter zoned(Value value) {
    DateTimeFormatter formatter = formatter(value);
    return formatter.getZone() == null ? formatter.withZoneUTC() : formatter;
  }

  static DateTimeZone zone(Call call, int index) {
    return ((Value.Zone) call.argument(index)).value();
  }

  /** In English. */
  static DateTimeFormatter ofPattern(Call call, String pattern) {
    if (pattern.length() > MAX_PATTERN_CHARS) {
      throw call.invalid(
          "a pattern of at most " + MAX_PATTERN_CHARS + " characters", pattern.length());
    }
    call.meter().visits(pattern.length());
    call.meter().value();
    return DateTimeFormat.forPattern(pattern).withLocale(Locale.ENGLISH);
  }

  /** A date, as a text or as the digits of a number. */
  static String written(Call call, int index) {
    String text = call.argument(index).text();
    if (text.length() > MAX_DATE_CHARS) {
      throw call.invalid("a text of at most " + MAX_DATE_CHARS + " characters", text.length());
    }
    call.meter().visits(1 + text.length() / 16);
    return text;
  }
}
