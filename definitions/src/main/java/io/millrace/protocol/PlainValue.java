package io.millrace.protocol;

import io.millrace.param.ParamValue;

/** A param's value as the Java value that Jackson writes as the JSON wanted. */
final class PlainValue implements ParamValue.Cases<Object> {
  static final PlainValue INSTANCE = new PlainValue();

  private PlainValue() {}

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
