package io.millrace.param;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluated parameter: one record for each {@link ParamType}. Values are immutable, compare by
 * content, and keep the order in which map entries were written.
 */
public sealed interface ParamValue {

  /** The type this value has. */
  ParamType type();

  /** One method for each kind of value, so that a new kind fails to compile where it is missed. */
  <R> R accept(Cases<R> cases);

  /** What to do with each kind of value. */
  interface Cases<R> {
    R text(Text value);

    R integer(Int value);

    R decimal(Decimal value);

    R bool(Bool value);

    R stringMap(StringMap value);

    R stringArray(StringArray value);

    R longArray(LongArray value);

    R doubleArray(DoubleArray value);

    R booleanArray(BooleanArray value);

    R map(MapOfParams value);
  }

  record Text(String value) implements ParamValue {
    @Override
    public ParamType type() {
      return ParamType.STRING;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.text(this);
    }
  }

  record Int(long value) implements ParamValue {
    @Override
    public ParamType type() {
      return ParamType.LONG;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.integer(this);
    }
  }

  /** Keeps the decimals exactly as written (Maestro 4.1). */
  record Decimal(BigDecimal value) implements ParamValue {
    @Override
    public ParamType type() {
      return ParamType.DOUBLE;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.decimal(this);
    }
  }

  record Bool(boolean value) implements ParamValue {
    @Override
    public ParamType type() {
      return ParamType.BOOLEAN;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.bool(this);
    }
  }

  record StringMap(Map<String, String> value) implements ParamValue {
    public StringMap {
      value = Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    @Override
    public ParamType type() {
      return ParamType.STRING_MAP;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.stringMap(this);
    }
  }

  record StringArray(List<String> value) implements ParamValue {
    public StringArray {
      value = List.copyOf(value);
    }

    @Override
    public ParamType type() {
      return ParamType.STRING_ARRAY;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.stringArray(this);
    }
  }

  record LongArray(List<Long> value) implements ParamValue {
    public LongArray {
      value = List.copyOf(value);
    }

    @Override
    public ParamType type() {
      return ParamType.LONG_ARRAY;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.longArray(this);
    }
  }

  record DoubleArray(List<BigDecimal> value) implements ParamValue {
    public DoubleArray {
      value = List.copyOf(value);
    }

    @Override
    public ParamType type() {
      return ParamType.DOUBLE_ARRAY;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.doubleArray(this);
    }
  }

  record BooleanArray(List<Boolean> value) implements ParamValue {
    public BooleanArray {
      value = List.copyOf(value);
    }

    @Override
    public ParamType type() {
      return ParamType.BOOLEAN_ARRAY;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.booleanArray(this);
    }
  }

  record MapOfParams(Map<String, ParamDefinition> value) implements ParamValue {
    public MapOfParams {
      value = Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    @Override
    public ParamType type() {
      return ParamType.MAP;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.map(this);
    }
  }
}
