package io.millrace.engine.param;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may change a param, and to what (Maestro semantics 4.4, 4.7). */
public final class ParamMerge {
  private ParamMerge() {}

  /**
   * What came of a merge.
   *
   * @param problem empty: it worked; else "Expected ..., but ..."
   */
  public record Merged(Map<String, ParamValue> values, Optional<String> problem) {}

  /** A workflow's params overlaid by those of the start, for a fresh run. */
  public static Merged atStart(
      Map<String, ParamDefinition> defined, Map<String, ParamDefinition> runParams) {
    Map<String, ParamValue> values = literals(defined);
    for (Map.Entry<String, ParamDefinition> given : runParams.entrySet()) {
      String name = given.getKey();
      ParamDefinition base = defined.get(name);
      if (base == null) {
        values.put(name, given.getValue().literal());
        continue;
      }
      if (base.mode().compareTo(ParamMode.IMMUTABLE) >= 0
          && !base.literal().equals(given.getValue().literal())) {
        return failed(
            "Expected param '" + name + "' to be left alone, but its mode is " + base.mode() + ".");
      }
      Optional<ParamValue> value = convert(base, given.getValue().literal());
      if (value.isEmpty()) {
        return failed(mismatch("param", name, base, given.getValue().literal()));
      }
      values.put(name, value.get());
    }
    return new Merged(values, Optional.empty());
  }

  /** A step's params updated by a worker's outputs: only names the step defines as MUTABLE. */
  public static Merged outputs(
      Map<String, ParamDefinition> defined,
      Map<String, ParamValue> current,
      Map<String, ParamValue> outputs) {
    Map<String, ParamValue> values = new LinkedHashMap<>(current);
    for (Map.Entry<String, ParamValue> output : outputs.entrySet()) {
      String name = output.getKey();
      ParamDefinition base = defined.get(name);
      if (base == null) {
        return failed(
            "Expected output '" + name + "' to be a param of the step, but it defines none.");
      }
      if (base.mode() != ParamMode.MUTABLE) {
        return failed(
            "Expected output '" + name + "' to be MUTABLE, but its mode is " + base.mode() + ".");
      }
      Optional<ParamValue> value = convert(base, output.getValue());
      if (value.isEmpty()) {
        return failed(mismatch("output", name, base, output.getValue()));
      }
      values.put(name, value.get());
    }
    return new Merged(values, Optional.empty());
  }

  /** The literals of definitions, in their order. */
  public static Map<String, ParamValue> literals(Map<String, ParamDefinition> defined) {
    Map<String, ParamValue> values = new LinkedHashMap<>();
    defined.forEach((name, definition) -> values.put(name, definition.literal()));
    return values;
  }

  private static Merged failed(String problem) {
    return new Merged(Map.of(), Optional.of(problem));
  }

  private static String mismatch(String what, String name, ParamDefinition base, ParamValue given) {
    return "Expected "
        + what
        + " '"
        + name
        + "' to be "
        + base.type()
        + ", but it is "
        + given.type()
        + ".";
  }

  /** Widens LONG to DOUBLE and scalars to STRING; nothing narrows. */
  private static Optional<ParamValue> convert(ParamDefinition base, ParamValue given) {
    if (given.type() == base.type()) {
      return Optional.of(given);
    }
    return switch (base.type()) {
      case DOUBLE ->
          given instanceof ParamValue.Int number
              ? Optional.of(new ParamValue.Decimal(BigDecimal.valueOf(number.value())))
              : Optional.empty();
      case STRING -> text(given);
      case LONG, BOOLEAN, STRING_MAP, STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, MAP ->
          Optional.empty();
    };
  }

  private static Optional<ParamValue> text(ParamValue given) {
    if (given instanceof ParamValue.Int number) {
      return Optional.of(new ParamValue.Text(Long.toString(number.value())));
    }
    if (given instanceof ParamValue.Decimal decimal) {
      return Optional.of(new ParamValue.Text(decimal.value().toString()));
    }
    return given instanceof ParamValue.Bool bool
        ? Optional.of(new ParamValue.Text(Boolean.toString(bool.value())))
        : Optional.empty();
  }
}
