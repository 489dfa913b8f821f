package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;

/** Numbers, truth values, {@code Math}, {@code System} and {@code UUID}. */
final class NumberEntries {
  private NumberEntries() {}

  static void fill(Table table) {
    longs(table);
    doubles(table);
    booleans(table);
    math(table);
    table
        .holder("System")
        .statics("currentTimeMillis", Type.LONG, call -> call.made(call.context().now()));
    table
        .of(Type.UUID, "UUID")
        .statics(
            "randomUUID",
            Type.UUID,
            call -> {
              call.meter().value();
              return new Value.Id(call.context().nextUuid());
            })
        .method("toString", Type.STRING, call -> call.made(call.receiver().text()));
  }

  private static void longs(Table table) {
    table
        .of(Type.LONG, "Long", "Integer")
        .constructor(Type.LONG, NumberEntries::toLong, Param.STRING_OR_LONG)
        .statics("valueOf", Type.LONG, NumberEntries::toLong, Param.STRING_OR_LONG)
        .statics("parseLong", Type.LONG, NumberEntries::toLong, Param.STRING)
        .statics("parseInt", Type.LONG, NumberEntries::toLong, Param.STRING)
        .statics("toString", Type.STRING, call -> call.made(call.argument(0).text()), Param.LONG)
        .method("toString", Type.STRING, call -> call.made(call.receiver().text()))
        .method("intValue", Type.LONG, Call::receiver);
    table.primitive("int", Type.LONG);
    table.primitive("long", Type.LONG);
  }

  private static Value toLong(Call call) {
    if (call.argument(0) instanceof Value.Text text) {
      call.meter().visits(text.value().length() / 16);
      return call.made(parsed(call, text.value()));
    }
    return call.argument(0);
  }

  /** A whole number written in decimal. */
  static long parsed(Call call, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      throw call.invalid("a whole number of 64 bits", Texts.quoted(text));
    }
  }

  private static void doubles(Table table) {
    table
        .of(Type.DOUBLE, "Double", "Float")
        .constructor(Type.DOUBLE, NumberEntries::toDouble, Param.STRING_OR_NUMBER)
        .statics("valueOf", Type.DOUBLE, NumberEntries::toDouble, Param.STRING_OR_NUMBER)
        .statics("parseDouble", Type.DOUBLE, NumberEntries::toDouble, Param.STRING)
        .statics(
            "toString",
            Type.STRING,
            call -> call.made(Double.toString(call.number(0))),
            Param.NUMBER)
        .method("toString", Type.STRING, call -> call.made(call.receiver().text()))
        .method("intValue", Type.LONG, call -> call.made((int) call.decimal().value()))
        .method("longValue", Type.LONG, call -> call.made((long) call.decimal().value()));
    table.primitive("double", Type.DOUBLE);
    table.primitive("float", Type.DOUBLE);
  }

  private static Value toDouble(Call call) {
    if (call.argument(0) instanceof Value.Text text) {
      call.meter().visits(text.value().length());
      try {
        return new Value.Decimal(Double.parseDouble(text.value()));
      } catch (NumberFormatException none) {
        throw call.invalid("a number", Texts.quoted(text.value()));
      }
    }
    return new Value.Decimal(call.number(0));
  }

  private static void booleans(Table table) {
    Entry.Body toBoolean =
        call ->
            call.argument(0) instanceof Value.Text text
                ? Value.Bool.of(Boolean.parseBoolean(text.value()))
                : call.argument(0);
    table
        .of(Type.BOOLEAN, "Boolean")
        .constructor(Type.BOOLEAN, toBoolean, Param.STRING_OR_BOOLEAN)
        .statics("valueOf", Type.BOOLEAN, toBoolean, Param.STRING_OR_BOOLEAN)
        .statics("parseBoolean", Type.BOOLEAN, toBoolean, Param.STRING)
        .method("toString", Type.STRING, call -> call.made(call.receiver().text()));
    table.primitive("boolean", Type.BOOLEAN);
  }

  private static void math(Table table) {
    table
        .holder("Math")
        .statics(
            "min",
            Type.ANY,
            call ->
                areLongs(call)
                    ? call.made(Math.min(call.whole(0), call.whole(1)))
                    : new Value.Decimal(Math.min(call.number(0), call.number(1))),
            Param.NUMBER,
            Param.NUMBER)
        .statics(
            "max",
            Type.ANY,
            call ->
                areLongs(call)
                    ? call.made(Math.max(call.whole(0), call.whole(1)))
                    : new Value.Decimal(Math.max(call.number(0), call.number(1))),
            Param.NUMBER,
            Param.NUMBER)
        .statics(
            "abs",
            Type.ANY,
            call ->
                areLongs(call)
                    ? call.made(Math.abs(call.whole(0)))
                    : new Value.Decimal(Math.abs(call.number(0))),
            Param.NUMBER)
        .statics(
            "floor",
            Type.DOUBLE,
            call -> new Value.Decimal(Math.floor(call.number(0))),
            Param.NUMBER)
        .statics(
            "ceil", Type.DOUBLE, call -> new Value.Decimal(Math.ceil(call.number(0))), Param.NUMBER)
        .statics("round", Type.LONG, NumberEntries::round, Param.NUMBER)
        .statics(
            "pow",
            Type.DOUBLE,
            // Math.pow may differ in the last bit between machines, StrictMath never: a replay on
            // another machine decides alike.
            call -> new Value.Decimal(StrictMath.pow(call.number(0), call.number(1))),
            Param.NUMBER,
            Param.NUMBER)
        .statics("random", Type.DOUBLE, call -> new Value.Decimal(call.context().nextRandom()));
  }

  /** Unlike a cast, it is not asked to narrow: what is no LONG is none (deviations 3). */
  private static Value round(Call call) {
    if (areLongs(call)) {
      return call.argument(0);
    }
    double number = call.number(0);
    // 2^63 is the first that is too large, minus 2^63 the last that is not too small
    if (!(number >= Long.MIN_VALUE && number < -(double) Long.MIN_VALUE)) {
      throw call.invalid("a number within 64 bits", number);
    }
    return call.made(Math.round(number));
  }

  private static boolean areLongs(Call call) {
    return call.arguments().stream().allMatch(value -> value.type() == Type.LONG);
  }
}
