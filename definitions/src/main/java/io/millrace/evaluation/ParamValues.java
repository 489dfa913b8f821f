package io.millrace.evaluation;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * A parameter as an expression sees it: a copy it may change. STRING_MAP and MAP are both maps, and
 * a DOUBLE is the nearest of 64 bits, infinite if it is too large.
 */
public final class ParamValues {
  private static final Copies COPIES = new Copies();

  private ParamValues() {}

  /** A new value with the content of {@code param}. */
  public static Value of(ParamValue param) {
    return param.accept(COPIES);
  }

  private static <T> Value array(Type type, List<T> items, Function<T, Value> item) {
    return new Value.Array(type, items.stream().map(item).toArray(Value[]::new));
  }

  private static Value decimal(BigDecimal number) {
    return new Value.Decimal(number.doubleValue());
  }

  private static final class Copies implements ParamValue.Cases<Value> {
    @Override
    public Value text(ParamValue.Text value) {
      return new Value.Text(value.value());
    }

    @Override
    public Value integer(ParamValue.Int value) {
      return new Value.Int(value.value());
    }

    @Override
    public Value decimal(ParamValue.Decimal value) {
      return ParamValues.decimal(value.value());
    }

    @Override
    public Value bool(ParamValue.Bool value) {
      return Value.Bool.of(value.value());
    }

    @Override
    public Value stringMap(ParamValue.StringMap value) {
      Value.Dict map = new Value.Dict();
      value.value().forEach((key, text) -> map.entries().put(key, new Value.Text(text)));
      return map;
    }

    @Override
    public Value stringArray(ParamValue.StringArray value) {
      return array(Type.STRING_ARRAY, value.value(), Value.Text::new);
    }

    @Override
    public Value longArray(ParamValue.LongArray value) {
      return array(Type.LONG_ARRAY, value.value(), Value.Int::new);
    }

    @Override
    public Value doubleArray(ParamValue.DoubleArray value) {
      return array(Type.DOUBLE_ARRAY, value.value(), ParamValues::decimal);
    }

    @Override
    public Value booleanArray(ParamValue.BooleanArray value) {
      return array(Type.BOOLEAN_ARRAY, value.value(), Value.Bool::of);
    }

    @Override
    public Value map(ParamValue.MapOfParams value) {
      Value.Dict map = new Value.Dict();
      value.value().forEach((key, param) -> map.entries().put(key, literal(param)));
      return map;
    }

    private Value literal(ParamDefinition param) {
      return param.literal().accept(this);
    }
  }
}
