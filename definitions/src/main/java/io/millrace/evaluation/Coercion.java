package io.millrace.evaluation;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.expression.value.Values;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the result of an expression to a param of a declared type (Maestro semantics 4.1). */
public final class Coercion {
  /** Characters of a text that is read as a number; parsing one takes quadratic time. */
  static final int MAX_NUMBER_CHARS = 1_000;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Coercion() {}

  /** What came of a value. */
  public sealed interface Coerced {
    /**
     * It fits.
     *
     * @param notes what a reader should know of how it was made to fit; empty if it fitted as it
     *     was
     */
    record Fit(ParamValue value, List<Note> notes) implements Coerced {
      public Fit {
        notes = List.copyOf(notes);
      }
    }

    /**
     * It does not.
     *
     * @param message "Expected ..., but ..."
     */
    record Misfit(String message) implements Coerced {}
  }

  /** Makes {@code value} a param of {@code type}, or says why it is none. */
  public static Coerced of(Value value, ParamType type) {
    return switch (type) {
      case STRING -> string(value);
      case LONG -> integer(value);
      case DOUBLE -> decimal(value);
      case BOOLEAN -> bool(value);
      case STRING_MAP -> stringMap(value);
      case STRING_ARRAY -> stringArray(value);
      case LONG_ARRAY -> longArray(value);
      case DOUBLE_ARRAY -> doubleArray(value);
      case BOOLEAN_ARRAY -> booleanArray(value);
      case MAP -> map(value);
    };
  }

  /**
   * Makes a param one of another type by the same rules, without the detour of a DOUBLE over 64
   * bits.
   */
  public static Coerced of(ParamValue value, ParamType type) {
    if (value.type() == type) {
      return fit(value);
    }
    if (value instanceof ParamValue.Decimal decimal && type == ParamType.STRING) {
      return cast(new ParamValue.Text(decimal.value().toString()), ParamType.DOUBLE, type);
    }
    if (value instanceof ParamValue.DoubleArray array && type == ParamType.STRING_ARRAY) {
      List<String> texts = array.value().stream().map(BigDecimal::toString).toList();
      return cast(new ParamValue.StringArray(texts), ParamType.DOUBLE_ARRAY, type);
    }
    if (value instanceof ParamValue.MapOfParams map && hasExpression(map)) {
      return new Coerced.Misfit("Expected " + type + ", but it is a MAP with expressions in it.");
    }
    return of(ParamValues.of(value), type);
  }

  private static boolean hasExpression(ParamValue.MapOfParams map) {
    return map.value().values().stream()
        .anyMatch(
            param ->
                param.expression().isPresent()
                    || (param.literal() instanceof ParamValue.MapOfParams inner
                        && hasExpression(inner)));
  }

  private static Coerced string(Value value) {
    if (value instanceof Value.Text text) {
      return fit(new ParamValue.Text(text.value()));
    }
    return isScalar(value)
        ? cast(new ParamValue.Text(value.text()), value.type(), ParamType.STRING)
        : misfit(ParamType.STRING, value);
  }

  private static Coerced integer(Value value) {
    if (value instanceof Value.Int number) {
      return fit(new ParamValue.Int(number.value()));
    }
    if (value instanceof Value.Text text
        && text.value().length() <= MAX_NUMBER_CHARS
        && WHOLE.matcher(text.value()).matches()) {
      try {
        return doubted(new ParamValue.Int(Long.parseLong(text.value())), ParamType.LONG);
      } catch (NumberFormatException tooLarge) {
        return misfit(ParamType.LONG, value);
      }
    }
    return misfit(ParamType.LONG, value);
  }

  private static Coerced decimal(Value value) {
    @Nullable BigDecimal number = isScalar(value) ? parse(value.text()) : null;
    return number == null ? misfit(ParamType.DOUBLE, value) : fit(new ParamValue.Decimal(number));
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.length() > MAX_NUMBER_CHARS) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  private static Coerced bool(Value value) {
    if (value instanceof Value.Bool bool) {
      return fit(new ParamValue.Bool(bool.value()));
    }
    if (value instanceof Value.Text text
        && (text.value().equals("true") || text.value().equals("false"))) {
      return doubted(new ParamValue.Bool(text.value().equals("true")), ParamType.BOOLEAN);
    }
    return misfit(ParamType.BOOLEAN, value);
  }

  private static Coerced stringArray(Value value) {
    if (!(value instanceof Value.Array array)) {
      return misfit(ParamType.STRING_ARRAY, value);
    }
    List<String> texts = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      if (array.get(i) == Value.Null.NULL) {
        return nothing("element " + i);
      }
      texts.add(array.get(i).text());
    }
    ParamValue result = new ParamValue.StringArray(texts);
    return array.type() == Type.STRING_ARRAY
        ? fit(result)
        : cast(result, array.type(), ParamType.STRING_ARRAY);
  }

  private static Coerced longArray(Value value) {
    if (!(value instanceof Value.Array array) || array.type() != Type.LONG_ARRAY) {
      return misfit(ParamType.LONG_ARRAY, value);
    }
    List<Long> items = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      items.add(((Value.Int) array.get(i)).value());
    }
    return fit(new ParamValue.LongArray(items));
  }

  private static Coerced doubleArray(Value value) {
    // Numbers widen (deviations 3).
    if (!(value instanceof Value.Array array)
        || (array.type() != Type.DOUBLE_ARRAY && array.type() != Type.LONG_ARRAY)) {
      return misfit(ParamType.DOUBLE_ARRAY, value);
    }
    List<BigDecimal> items = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      BigDecimal item = parse(array.get(i).text());
      if (item == null) {
        return misfit(ParamType.DOUBLE, array.get(i));
      }
      items.add(item);
    }
    return fit(new ParamValue.DoubleArray(items));
  }

  private static Coerced booleanArray(Value value) {
    if (!(value instanceof Value.Array array) || array.type() != Type.BOOLEAN_ARRAY) {
      return misfit(ParamType.BOOLEAN_ARRAY, value);
    }
    List<Boolean> items = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      items.add(((Value.Bool) array.get(i)).value());
    }
    return fit(new ParamValue.BooleanArray(items));
  }

  private static Coerced stringMap(Value value) {
    if (!(value instanceof Value.Dict map)) {
      return misfit(ParamType.STRING_MAP, value);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    List<Note> notes = new ArrayList<>();
    for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
      Coerced text = string(entry.getValue());
      if (!(text instanceof Coerced.Fit fit)) {
        return text;
      }
      texts.put(entry.getKey(), ((ParamValue.Text) fit.value()).value());
      if (notes.isEmpty()) {
        notes.addAll(fit.notes());
      }
    }
    return new Coerced.Fit(new ParamValue.StringMap(texts), notes);
  }

  private static Coerced map(Value value) {
    return value instanceof Value.Dict map ? map(map, 1) : misfit(ParamType.MAP, value);
  }

  private static Coerced map(Value.Dict map, int depth) {
    if (depth > Values.MAX_DEPTH) {
      return new Coerced.Misfit(
          "Expected maps at most " + Values.MAX_DEPTH + " levels deep, but one is deeper.");
    }
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
      Value item = entry.getValue();
      Coerced param =
          item instanceof Value.Dict inner ? map(inner, depth + 1) : asItIs(entry.getKey(), item);
      if (!(param instanceof Coerced.Fit fit)) {
        return param;
      }
      params.put(entry.getKey(), ParamDefinition.literal(fit.value()));
    }
    return fit(new ParamValue.MapOfParams(params));
  }

  /** An entry of a map has no declared type: it keeps the one it has. */
  private static Coerced asItIs(String key, Value value) {
    return switch (value.type()) {
      case STRING -> string(value);
      case LONG -> integer(value);
      case DOUBLE -> decimal(value);
      case BOOLEAN -> bool(value);
      case STRING_ARRAY -> stringArray(value);
      case LONG_ARRAY -> longArray(value);
      case DOUBLE_ARRAY -> doubleArray(value);
      case BOOLEAN_ARRAY -> booleanArray(value);
      case NULL -> nothing("entry '" + key + "'");
      case MAP -> map(value);
      case ANY,
          VOID,
          DATETIME,
          DATETIME_ZONE,
          DATETIME_FORMATTER,
          DATETIME_PROPERTY,
          DAYS,
          UUID,
          PARAMS ->
          new Coerced.Misfit(
              "Expected entry '" + key + "' to be a value, but it is " + value.type() + ".");
    };
  }

  private static boolean isScalar(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Int
        || value instanceof Value.Decimal
        || value instanceof Value.Bool;
  }

  private static Coerced fit(ParamValue value) {
    return new Coerced.Fit(value, List.of());
  }

  private static Coerced cast(ParamValue value, Enum<?> from, ParamType to) {
    return new Coerced.Fit(
        value,
        List.of(new Note(Note.Level.INFO, "It was " + from + " and is kept as " + to + ".")));
  }

  private static Coerced doubted(ParamValue value, ParamType to) {
    return new Coerced.Fit(
        value, List.of(new Note(Note.Level.WARN, "It was a text and is read as " + to + ".")));
  }

  private static Coerced nothing(String what) {
    return new Coerced.Misfit("Expected " + what + " to have a value, but it is null.");
  }

  private static Coerced misfit(ParamType expected, Value value) {
    String shown = isScalar(value) ? " " + shown(value.text()) : "";
    return new Coerced.Misfit("Expected " + expected + ", but it is " + value.type() + shown + ".");
  }

  private static String shown(String text) {
    return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "'";
  }
}
