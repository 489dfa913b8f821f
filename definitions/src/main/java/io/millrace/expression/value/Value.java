package io.millrace.expression.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.format.DateTimeFormatter;

/** What an expression computes with: one class for each {@link Type} but {@link Type#ANY}. */
public sealed interface Value {
  /** The type of this value. */
  Type type();

  /** As the language prints it, e.g. when it is appended to a text; arrays {@code [1, 2, 3]}. */
  String text();

  /** {@code null}. */
  enum Null implements Value {
    NULL;

    @Override
    public Type type() {
      return Type.NULL;
    }

    @Override
    public String text() {
      return "null";
    }
  }

  /** What a statement gives that gives nothing. */
  enum Nothing implements Value {
    VOID;

    @Override
    public Type type() {
      return Type.VOID;
    }

    @Override
    public String text() {
      return "VOID";
    }
  }

  record Text(String value) implements Value {
    @Override
    public Type type() {
      return Type.STRING;
    }

    @Override
    public String text() {
      return value;
    }
  }

  record Int(long value) implements Value {
    @Override
    public Type type() {
      return Type.LONG;
    }

    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  record Decimal(double value) implements Value {
    @Override
    public Type type() {
      return Type.DOUBLE;
    }

    @Override
    public String text() {
      return Double.toString(value);
    }
  }

  record Bool(boolean value) implements Value {
    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  /**
   * An array: a reference, its length fixed. Elements of a STRING array may be {@link Null}.
   *
   * <p>Identity counts: two names can hold the same array.
   */
  final class Array implements Value {
    private final Type type;
    private final Value[] items;

    /**
     * @param type an array type
     * @param items not copied: the caller gives them away
     */
    public Array(Type type, Value[] items) {
      this.type = type;
      this.items = items;
    }

    @Override
    public Type type() {
      return type;
    }

    public int length() {
      return items.length;
    }

    public Value get(int index) {
      return items[index];
    }

    public void set(int index, Value item) {
      items[index] = item;
    }

    @Override
    public String text() {
      return Values.text(this);
    }
  }

  /**
   * A map from texts, in the order they were first put: a reference. Values may be {@link Null}.
   */
  final class Dict implements Value {
    private final Map<String, Value> entries = new LinkedHashMap<>();

    @Override
    public Type type() {
      return Type.MAP;
    }

    /** The entries themselves. */
    public Map<String, Value> entries() {
      return entries;
    }

    @Override
    public String text() {
      return Values.text(this);
    }
  }

  record Time(DateTime value) implements Value {
    @Override
    public Type type() {
      return Type.DATETIME;
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  record Zone(DateTimeZone value) implements Value {
    @Override
    public Type type() {
      return Type.DATETIME_ZONE;
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  record Formatter(DateTimeFormatter value) implements Value {
    @Override
    public Type type() {
      return Type.DATETIME_FORMATTER;
    }

    @Override
    public String text() {
      return "DateTimeFormatter";
    }
  }

  record Property(DateTime.Property value) implements Value {
    @Override
    public Type type() {
      return Type.DATETIME_PROPERTY;
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  record Days(org.joda.time.Days value) implements Value {
    @Override
    public Type type() {
      return Type.DAYS;
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  record Id(UUID value) implements Value {
    @Override
    public Type type() {
      return Type.UUID;
    }

    @Override
    public String text() {
      return value.toString();
    }
  }

  /** The {@code params} object. */
  enum Params implements Value {
    PARAMS;

    @Override
    public Type type() {
      return Type.PARAMS;
    }

    @Override
    public String text() {
      return "params";
    }
  }
}
