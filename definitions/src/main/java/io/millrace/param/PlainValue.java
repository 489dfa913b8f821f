package io.millrace.param;

/**
 * What a param's value is in plain Java: text, a number or a boolean, a list or map of them, or, of
 * a MAP, the definitions by name.
 */
public final class PlainValue implements ParamValue.Cases<Object> {
  private static final PlainValue CASES = new PlainValue();

  private PlainValue() {}

  public static Object of(ParamValue value) {
    return value.accept(CASES);
  }

  @Override
  public Object text(ParamValue.Text value) {
    return value.value();
  }

  @Override
  public Object integer(ParamValue.Int value) {
    return value.value();
  }

  @Override
  public Object decimal(ParamValue.Decimal value) {
    return value.value();
  }

  @Override
  public Object bool(ParamValue.Bool value) {
    return value.value();
  }

  @Override
  public Object stringMap(ParamValue.StringMap value) {
    return value.value();
  }

  @Override
  public Object stringArray(ParamValue.StringArray value) {
    return value.value();
  }

  @Override
  public Object longArray(ParamValue.LongArray value) {
    return value.value();
  }

  @Override
  public Object doubleArray(ParamValue.DoubleArray value) {
    return value.value();
  }

  @Override
  public Object booleanArray(ParamValue.BooleanArray value) {
    return value.value();
  }

  @Override
  public Object map(ParamValue.MapOfParams value) {
    return value.value();
  }
}
