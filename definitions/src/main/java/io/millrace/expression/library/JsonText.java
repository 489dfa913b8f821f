package io.millrace.expression.library;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.value.Value;
import io.millrace.expression.value.Values;
import java.util.Map;

/** Values as JSON: what is no scalar, array or map is its text; NaN and Infinity are texts too. */
public final class JsonText {
  private final Bounded json;
  private final Meter meter;

  private JsonText(Meter meter) {
    this.meter = meter;
    this.json = new Bounded(meter);
  }

  /**
   * The JSON of a value, without spaces.
   *
   * @throws Failed if it is too long or too deep
   */
  public static String of(Value value, Meter meter) {
    JsonText text = new JsonText(meter);
    text.add(value, 0);
    return text.json.text();
  }

  private void add(Value value, int depth) {
    meter.visit();
    if (depth > Values.MAX_DEPTH) {
      throw new Failed(
          FailureCode.DEPTH_LIMIT,
          "Expected maps at most " + Values.MAX_DEPTH + " levels deep, but one is deeper.");
    }
    if (value instanceof Value.Array array) {
      json.append("[");
      for (int i = 0; i < array.length(); i++) {
        json.append(i == 0 ? "" : ",");
        add(array.get(i), depth + 1);
      }
      json.append("]");
    } else if (value instanceof Value.Dict map) {
      json.append("{");
      String separator = "";
      for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
        json.append(separator);
        quote(entry.getKey());
        json.append(":");
        add(entry.getValue(), depth + 1);
        separator = ",";
      }
      json.append("}");
    } else if (isPlain(value)) {
      json.append(value.text());
    } else {
      quote(value.text());
    }
  }

  private static boolean isPlain(Value value) {
    return value instanceof Value.Int
        || value instanceof Value.Bool
        || value == Value.Null.NULL
        || (value instanceof Value.Decimal number && Double.isFinite(number.value()));
  }

  private void quote(String text) {
    // Six characters for each at most, so paying after making is bounded too.
    meter.text(text.length());
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    json.append(quoted.append('"').toString());
  }
}
