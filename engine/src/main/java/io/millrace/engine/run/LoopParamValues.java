package io.millrace.engine.run;

import io.millrace.engine.Document.LoopValues;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The values that a loop's params take (Maestro semantics 2.8, 2.9). */
final class LoopParamValues {
  /** Numbers of a range that are written out in the step's param. */
  private static final long MAX_SHOWN = 1_000;

  private LoopParamValues() {}

  /** The entries of the step's param {@code loop_params}; empty if it is no map of values. */
  static Optional<Map<String, ParamValue>> of(Map<String, ParamValue> stepParams) {
    ParamValue param = stepParams.get(BuiltInParams.LOOP_PARAMS);
    Map<String, ParamValue> values = new LinkedHashMap<>();
    if (param instanceof ParamValue.StringMap map) {
      map.value().forEach((name, text) -> values.put(name, new ParamValue.Text(text)));
      return Optional.of(values);
    }
    if (!(param instanceof ParamValue.MapOfParams map)) {
      return Optional.empty();
    }
    for (Map.Entry<String, ParamDefinition> entry : map.value().entrySet()) {
      values.put(entry.getKey(), entry.getValue().literal());
    }
    return Optional.of(values);
  }

  /**
   * What is between bounds, counted and not listed.
   *
   * @param bounds first, end (exclusive) and step, as {@code Util.intsBetween} takes them
   * @param days whether they are days, and backwards as {@code Util.dateIntsBetween} has them
   */
  static LoopValues counted(ParamValue bounds, boolean days) {
    List<Long> numbers = ((ParamValue.LongArray) bounds).value();
    long from = numbers.get(0);
    long to = numbers.get(1);
    long step = numbers.get(2);
    if (step == 0 || from == to || (step > 0) != (to > from)) {
      return new LoopValues(null, from, step, 0, days);
    }
    // distance and stride are unsigned: that of two longs, and minus the smallest, are no longs
    long distance = step > 0 ? to - from : from - to;
    long count = Long.divideUnsigned(distance - 1, Math.abs(step)) + 1;
    long first = days && step < 0 ? to - (count - 1) * step : from;
    return new LoopValues(null, first, step, count < 0 ? Long.MAX_VALUE : count, days);
  }

  /** What the step's own param shows of its values: the numbers, or how many there are. */
  static ParamValue shown(LoopValues values) {
    ParamValue listed = values.listed();
    if (listed != null) {
      return listed;
    }
    if (values.count() > MAX_SHOWN) {
      return new ParamValue.Text(
          values.count()
              + (values.days() ? " days from " : " numbers from ")
              + counted(values, 0)
              + " by "
              + values.step());
    }
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < values.count(); i++) {
      numbers.add(counted(values, i));
    }
    return new ParamValue.LongArray(numbers);
  }

  private static long counted(LoopValues values, long index) {
    long number = values.first() + index * values.step();
    return values.days()
        ? Long.parseLong(LocalDate.ofEpochDay(number).format(DateTimeFormatter.BASIC_ISO_DATE))
        : number;
  }

  static LoopValues listed(ParamValue value) {
    return new LoopValues(value, 0, 0, 0, false);
  }

  /** How many values there are; -1: it is not an array. */
  static long count(LoopValues values) {
    ParamValue listed = values.listed();
    return listed == null ? values.count() : items(listed).map(List::size).orElse(-1);
  }

  /** One value. */
  static ParamValue at(LoopValues values, long index) {
    ParamValue listed = values.listed();
    if (listed == null) {
      return new ParamValue.Int(counted(values, index));
    }
    return items(listed).map(items -> items.get((int) index)).orElse(listed);
  }

  /** The values of one iteration: the first param varies fastest. */
  static Map<String, ParamValue> combination(Map<String, LoopValues> values, long iteration) {
    Map<String, ParamValue> combination = new LinkedHashMap<>();
    long rest = iteration;
    for (Map.Entry<String, LoopValues> entry : values.entrySet()) {
      long count = count(entry.getValue());
      combination.put(entry.getKey(), at(entry.getValue(), rest % count));
      rest /= count;
    }
    return combination;
  }

  private static Optional<List<ParamValue>> items(ParamValue array) {
    if (array instanceof ParamValue.StringArray strings) {
      return Optional.of(new Mapped<>(strings.value(), ParamValue.Text::new));
    }
    if (array instanceof ParamValue.LongArray longs) {
      return Optional.of(new Mapped<>(longs.value(), ParamValue.Int::new));
    }
    if (array instanceof ParamValue.DoubleArray doubles) {
      return Optional.of(new Mapped<>(doubles.value(), ParamValue.Decimal::new));
    }
    return array instanceof ParamValue.BooleanArray booleans
        ? Optional.of(new Mapped<>(booleans.value(), ParamValue.Bool::new))
        : Optional.empty();
  }

  /** A list seen through a function, so that one of many values costs no more than itself. */
  private static final class Mapped<T> extends AbstractList<ParamValue> {
    private final List<T> items;
    private final Function<T, ParamValue> each;

    Mapped(List<T> items, Function<T, ParamValue> each) {
      this.items = items;
      this.each = each;
    }

    @Override
    public ParamValue get(int index) {
      return each.apply(items.get(index));
    }

    @Override
    public int size() {
      return items.size();
    }
  }
}
