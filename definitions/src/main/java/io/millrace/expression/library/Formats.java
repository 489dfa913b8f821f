package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code String.format}: Java's, one specifier after the other, so that no width, precision or
 * repetition makes a text larger than the limit. Dates and times ({@code %t}) are refused: they
 * would depend on the machine's time zone.
 */
final class Formats {
  /** Width and precision of one specifier, inclusive. */
  static final int MAX_WIDTH = 1_000;

  // Every part can match in one way only.
  private static final Pattern SPECIFIER =
      Pattern.compile(
          "%(?:([0-9]{1,6})\\$|(<))?([-#+ 0,(]*)([1-9][0-9]*)?(?:\\.([0-9]+))?([a-zA-Z%])");

  private Formats() {}

  static Value format(Call call) {
    String format = call.text(0);
    List<Value> values = call.arguments().subList(1, call.arguments().size());
    if (values.size() == 1
        && values.get(0) instanceof Value.Array array
        && array.type() == Type.STRING_ARRAY) {
      values = CollectionEntries.items(array);
    }
    Bounded result = new Bounded(call.meter());
    Matcher specifier = SPECIFIER.matcher(format);
    int from = 0;
    int ordinary = 0;
    int last = -1;
    for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
      result.append(format, from, at);
      if (!specifier.region(at, format.length()).lookingAt()) {
        throw call.invalid("a format specifier after each '%'", format.substring(at));
      }
      from = specifier.end();
      String conversion = specifier.group(6);
      if (conversion.equals("%") || conversion.equals("n")) {
        result.append(piece(call, specifier));
        continue;
      }
      if (specifier.group(1) != null) {
        last = Integer.parseInt(specifier.group(1)) - 1;
      } else if (specifier.group(2) == null) {
        last = ordinary++;
      }
      if (last < 0 || last >= values.size()) {
        throw call.invalid("an argument for each format specifier", specifier.group());
      }
      result.append(piece(call, specifier, values.get(last)));
    }
    result.append(format, from, format.length());
    return new Value.Text(result.text());
  }

  private static String piece(Call call, Matcher specifier, Object... arguments) {
    String conversion = specifier.group(6);
    if (conversion.equalsIgnoreCase("t")) {
      throw call.invalid("no date or time specifier (DateTime prints those)", specifier.group());
    }
    requireNarrow(call, specifier, specifier.group(4));
    requireNarrow(call, specifier, specifier.group(5));
    String alone =
        "%" + specifier.group(3) + text(specifier.group(4)) + precision(specifier) + conversion;
    Object[] plain = new Object[arguments.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = plain(call, (Value) arguments[i]);
    }
    try {
      return String.format(Locale.ROOT, conversion.equals("n") ? "\n" : alone, plain);
    } catch (IllegalFormatException unfit) {
      throw call.invalid("a format specifier that fits its value", specifier.group());
    }
  }

  private static String precision(Matcher specifier) {
    String precision = specifier.group(5);
    return precision == null ? "" : "." + precision;
  }

  private static String text(@Nullable String group) {
    return group == null ? "" : group;
  }

  private static void requireNarrow(Call call, Matcher specifier, @Nullable String width) {
    if (width != null && (width.length() > 4 || Integer.parseInt(width) > MAX_WIDTH)) {
      throw call.invalid("width and precision of at most " + MAX_WIDTH, specifier.group());
    }
  }

  private static Object plain(Call call, Value value) {
    return switch (value.type()) {
      case LONG -> ((Value.Int) value).value();
      case DOUBLE -> ((Value.Decimal) value).value();
      case BOOLEAN -> ((Value.Bool) value).value();
      case STRING -> ((Value.Text) value).value();
      case NULL, STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, MAP -> call.print(value);
      case DATETIME, DATETIME_ZONE, DATETIME_FORMATTER, DATETIME_PROPERTY, DAYS, UUID ->
          call.print(value);
      case ANY, VOID, PARAMS -> throw call.mistyped("values to format", value.type());
    };
  }
}
