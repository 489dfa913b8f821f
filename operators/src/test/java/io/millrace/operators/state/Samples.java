package io.millrace.operators.state;

import io.millrace.definition.Properties;
import io.millrace.definition.RunStrategy;
import io.millrace.evaluation.ParamMarks;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of any record, the same one every time: full with all components filled and one of
 * everything in collections, or sparse with nulls, zeros and empty collections.
 */
final class Samples {
  private final boolean full;
  private final boolean distinct;
  private final String flag;
  private int made;

  private Samples(boolean full, boolean distinct, String flag) {
    this.full = full;
    this.distinct = distinct;
    this.flag = flag;
  }

  static <T> T full(Class<T> type) {
    return type.cast(new Samples(true, false, "").make("root", type));
  }

  static <T> T sparse(Class<T> type) {
    return type.cast(new Samples(false, false, "").make("root", type));
  }

  /** Full, and no two numbers alike: what is written in one order and read in another shows. */
  static <T> T distinct(Class<T> type) {
    return type.cast(new Samples(true, true, "").make("root", type));
  }

  /** The same, with the flags of this name alone set. */
  static <T> T flagged(Class<T> type, String flag) {
    return type.cast(new Samples(true, true, flag).make("root", type));
  }

  private Object make(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      return collection(name, generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == ParamValue.class) {
      return new ParamValue.Text(name);
    }
    if (raw == ParamDefinition.class) {
      return param(new ParamValue.Text("literal"), ParamMode.MUTABLE, full ? "tags" : null);
    }
    if (raw == Properties.class) {
      return properties();
    }
    if (raw == String.class) {
      return full ? name : "";
    }
    if (raw == long.class || raw == Long.class) {
      return full ? 40_000_000_007L + next() : 0L;
    }
    if (raw == int.class || raw == Integer.class) {
      return full ? 7 + next() : 0;
    }
    if (raw == double.class || raw == Double.class) {
      return full ? 0.25 : 0.0;
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return flag.isEmpty() ? full && next() % 2 == 0 : flag.equals(name);
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[next() % raw.getEnumConstants().length];
    }
    if (raw.isRecord()) {
      return record(raw);
    }
    throw new IllegalArgumentException("Expected to make a " + type + ", but do not know how.");
  }

  private int next() {
    return distinct ? made++ : 0;
  }

  private Object collection(String name, ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    if (distinct && generic.getRawType() == List.class) {
      return List.of(make(name + 1, arguments[0]), make(name + 2, arguments[0]));
    }
    if (distinct && arguments[arguments.length - 1] == ParamDefinition.class) {
      return everyParam();
    }
    if (generic.getRawType() == List.class) {
      return full ? List.of(make(name, arguments[0])) : List.of();
    }
    if (generic.getRawType() == Map.class && full && arguments[1] == ParamValue.class) {
      return everyParamValue();
    }
    if (generic.getRawType() == Map.class) {
      return full ? Map.of(make(name, arguments[0]), make(name, arguments[1])) : Map.of();
    }
    if (generic.getRawType() == SortedMap.class) {
      return full
          ? new TreeMap<>(Map.of(make(name, arguments[0]), make(name, arguments[1])))
          : new TreeMap<>();
    }
    throw new IllegalArgumentException("Expected to make a " + generic + ", but do not know how.");
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      boolean absent = !full && isNullable(component.getAnnotatedType());
      values.add(absent ? null : make(component.getName(), component.getGenericType()));
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Expected to make a " + type + ", but it failed.", e);
    }
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private Properties properties() {
    RunStrategy strategy = (RunStrategy) make("runStrategy", RunStrategy.class);
    return full
        ? new Properties("owner", Notes.NONE, strategy, 7, null, true, true, true, "description")
        : new Properties("", strategy, null);
  }

  private static ParamDefinition param(ParamValue value, ParamMode mode, @Nullable String tag) {
    return new ParamDefinition(
        value.type(),
        new ParamContent.Literal(value),
        mode,
        null,
        tag == null ? List.of() : List.of(Tag.named(tag)),
        Notes.NONE);
  }

  /** As a user wrote it, as the engine marked it, and computed. */
  private static Map<String, ParamDefinition> everyParam() {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    params.put("tagged", param(new ParamValue.Int(1), ParamMode.CONSTANT, "tag"));
    params.put("plain", param(new ParamValue.Text("text"), ParamMode.MUTABLE, null));
    params.put(
        "marked",
        new ParamDefinition(
            ParamType.LONG,
            new ParamContent.Literal(new ParamValue.Int(-2)),
            ParamMode.IMMUTABLE,
            null,
            List.of(),
            ParamMarks.notes(Map.of("source", "SYSTEM_DEFAULT"))));
    params.put("computed", ParamDefinition.computed(ParamType.DOUBLE, "a + 1"));
    return params;
  }

  static Map<String, ParamValue> everyParamValue() {
    List<ParamValue> values =
        List.of(
            new ParamValue.Text("text"),
            new ParamValue.Int(Long.MIN_VALUE),
            new ParamValue.Decimal(new BigDecimal("1.2300")),
            new ParamValue.Bool(true),
            new ParamValue.StringMap(Map.of("key", "value")),
            new ParamValue.StringArray(List.of("b", "a")),
            new ParamValue.LongArray(List.of(2L, 1L)),
            new ParamValue.DoubleArray(List.of(new BigDecimal("0.10"))),
            new ParamValue.BooleanArray(List.of(false)),
            new ParamValue.MapOfParams(
                Map.of("inner", param(new ParamValue.Int(1), ParamMode.CONSTANT, "tag"))));
    return values.stream()
        .collect(
            Collectors.toMap(
                value -> value.type().name(),
                Function.identity(),
                (a, b) -> a,
                LinkedHashMap::new));
  }
}
