package io.millrace.evaluation;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A value as text: what an interpolation inserts, and the JSON that sizes are counted in. The
 * elements of an array may be one long text many times over, so counting stops at a limit.
 */
public final class ParamText implements ParamValue.Cases<Void> {
  private final StringBuilder json = new StringBuilder();
  private final int maxChars;

  private ParamText(int maxChars) {
    this.maxChars = maxChars;
  }

  /** A scalar as it is printed, anything else as JSON. */
  public static String of(ParamValue value) {
    if (value instanceof ParamValue.Text text) {
      return text.value();
    }
    ParamText text = new ParamText(Integer.MAX_VALUE);
    value.accept(text);
    return text.json.toString();
  }

  /** The characters of {@code "name":value}; empty if there are more than {@code maxChars}. */
  static OptionalInt chars(String name, ParamValue value, int maxChars) {
    ParamText text = new ParamText(maxChars);
    text.entry(name, () -> value.accept(text));
    int chars = text.json.length();
    return chars > maxChars ? OptionalInt.empty() : OptionalInt.of(chars);
  }

  private void quote(String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }

  private void entry(String name, Runnable value) {
    quote(name);
    json.append(':');
    value.run();
  }

  private <T> Void each(char open, Collection<T> items, char close, Consumer<T> write) {
    json.append(open);
    String separator = "";
    for (T item : items) {
      if (json.length() > maxChars) {
        return null;
      }
      json.append(separator);
      separator = ",";
      write.accept(item);
    }
    json.append(close);
    return null;
  }

  @Override
  public Void text(ParamValue.Text value) {
    quote(value.value());
    return null;
  }

  @Override
  public Void integer(ParamValue.Int value) {
    json.append(value.value());
    return null;
  }

  @Override
  public Void decimal(ParamValue.Decimal value) {
    json.append(value.value());
    return null;
  }

  @Override
  public Void bool(ParamValue.Bool value) {
    json.append(value.value());
    return null;
  }

  @Override
  public Void stringMap(ParamValue.StringMap value) {
    return each(
        '{',
        value.value().entrySet(),
        '}',
        entry -> entry(entry.getKey(), () -> quote(entry.getValue())));
  }

  @Override
  public Void stringArray(ParamValue.StringArray value) {
    return each('[', value.value(), ']', this::quote);
  }

  @Override
  public Void longArray(ParamValue.LongArray value) {
    return each('[', value.value(), ']', json::append);
  }

  @Override
  public Void doubleArray(ParamValue.DoubleArray value) {
    return each('[', value.value(), ']', json::append);
  }

  @Override
  public Void booleanArray(ParamValue.BooleanArray value) {
    return each('[', value.value(), ']', json::append);
  }

  @Override
  public Void map(ParamValue.MapOfParams value) {
    return each('{', value.value().entrySet(), '}', this::param);
  }

  private void param(Map.Entry<String, ParamDefinition> entry) {
    entry(entry.getKey(), () -> entry.getValue().literal().accept(this));
  }
}
