package io.millrace.expression.library;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;
import org.joda.time.DateTime;

/**
 * One call of an entry: receiver and arguments, which are what the entry's table line says, and
 * what it may make. Every text and array it makes is metered before it is made.
 *
 * @param receiver {@link Value.Nothing} for what is static
 */
record Call(String label, Value receiver, List<Value> arguments, CallContext context) {

  Meter meter() {
    return context.meter();
  }

  // ---- receiver and arguments

  /** The receiver, a text. */
  String text() {
    return ((Value.Text) receiver).value();
  }

  /** The receiver, a number with whole part. */
  Value.Decimal decimal() {
    return (Value.Decimal) receiver;
  }

  /** The receiver, a map. */
  Value.Dict map() {
    return (Value.Dict) receiver;
  }

  /** The receiver, a time. */
  DateTime time() {
    return ((Value.Time) receiver).value();
  }

  Value argument(int index) {
    return arguments.get(index);
  }

  String text(int index) {
    return ((Value.Text) argument(index)).value();
  }

  long whole(int index) {
    return ((Value.Int) argument(index)).value();
  }

  /** A LONG that Joda-Time takes as an int. */
  int small(int index) {
    long value = whole(index);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw invalid(
          "a number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE), value);
    }
    return (int) value;
  }

  /** A LONG or DOUBLE. */
  double number(int index) {
    return argument(index) instanceof Value.Int whole
        ? whole.value()
        : ((Value.Decimal) argument(index)).value();
  }

  DateTime time(int index) {
    return ((Value.Time) argument(index)).value();
  }

  // ---- results

  Value.Text made(String text) {
    meter().text(text.length());
    return new Value.Text(text);
  }

  Value.Int made(long number) {
    return new Value.Int(number);
  }

  Value.Time made(DateTime time) {
    meter().value();
    return new Value.Time(time);
  }

  /** As the language prints it. */
  String print(Value value) {
    String text = value.text();
    meter().text(text.length());
    return text;
  }

  // ---- failures

  Failed invalid(String expected, Object found) {
    return new Failed(
        FailureCode.VALUE,
        "Expected %s of %s, but it is %s.".formatted(expected, label, Texts.clipped(found)));
  }

  Failed mistyped(String expected, Type found) {
    return new Failed(
        FailureCode.TYPE, "Expected %s of %s, but it is %s.".formatted(expected, label, found));
  }

  Failed outside(long least, long most, long found) {
    return new Failed(
        FailureCode.INDEX,
        "Expected an index from %d to %d of %s, but it is %d."
            .formatted(least, most, label, found));
  }
}
