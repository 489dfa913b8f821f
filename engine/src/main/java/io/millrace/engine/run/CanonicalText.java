package io.millrace.engine.run;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Map;

/**
 * One text for equal params and different texts for different ones: what a dispatch id hashes.
 * Every part carries its length, so that no two values can run into each other.
 */
final class CanonicalText implements ParamValue.Cases<Void> {
  private final StringBuilder out = new StringBuilder();

  /** Appends a plain text. */
  public CanonicalText text(String value) {
    out.append(value.length()).append(':').append(value);
    return this;
  }

  /** Appends params in their order. */
  public CanonicalText params(Map<String, ParamValue> params) {
    out.append(params.size()).append('{');
    params.forEach(
        (name, value) -> {
          text(name);
          value.accept(this);
        });
    out.append('}');
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  @Override
  public Void text(ParamValue.Text value) {
    out.append('s');
    text(value.value());
    return null;
  }

  @Override
  public Void integer(ParamValue.Int value) {
    return scalar('l', value.value());
  }

  @Override
  public Void decimal(ParamValue.Decimal value) {
    return scalar('d', value.value());
  }

  @Override
  public Void bool(ParamValue.Bool value) {
    return scalar('b', value.value());
  }

  @Override
  public Void stringMap(ParamValue.StringMap value) {
    out.append('M').append(value.value().size()).append('{');
    value
        .value()
        .forEach(
            (name, text) -> {
              text(name);
              text(text);
            });
    out.append('}');
    return null;
  }

  @Override
  public Void stringArray(ParamValue.StringArray value) {
    return array('S', value.value());
  }

  @Override
  public Void longArray(ParamValue.LongArray value) {
    return array('L', value.value());
  }

  @Override
  public Void doubleArray(ParamValue.DoubleArray value) {
    return array('D', value.value());
  }

  @Override
  public Void booleanArray(ParamValue.BooleanArray value) {
    return array('B', value.value());
  }

  @Override
  public Void map(ParamValue.MapOfParams value) {
    out.append('P').append(value.value().size()).append('{');
    for (Map.Entry<String, ParamDefinition> entry : value.value().entrySet()) {
      text(entry.getKey());
      entry.getValue().literal().accept(this);
    }
    out.append('}');
    return null;
  }

  private Void scalar(char kind, Object value) {
    out.append(kind);
    text(value.toString());
    return null;
  }

  private Void array(char kind, Iterable<?> values) {
    out.append(kind).append('[');
    for (Object value : values) {
      text(value.toString());
    }
    out.append(']');
    return null;
  }
}
