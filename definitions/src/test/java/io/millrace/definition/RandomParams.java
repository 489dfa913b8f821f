package io.millrace.definition;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Random params of every type. */
final class RandomParams {
  private static final int DEPTH = 3;

  private final RandomTexts texts;
  private final Supplier<String> text;

  /**
   * Random params.
   *
   * @param text what their texts are; may hold interpolations
   */
  RandomParams(RandomTexts texts, Supplier<String> text) {
    this.texts = texts;
    this.text = text;
  }

  Map<String, ParamDefinition> params(int atMost) {
    return texts.named(atMost, texts::id, this::any);
  }

  ParamDefinition any() {
    return param(texts.one(ParamType.values()), ParamMode.MUTABLE, DEPTH);
  }

  /** A param as signals can be matched with. */
  ParamDefinition indexed() {
    return param(texts.one(ParamType.STRING, ParamType.LONG), ParamMode.MUTABLE, 0);
  }

  /** The param of a loop whose loop params have one of {@code types}. */
  ParamDefinition loopParams(ParamType... types) {
    if (texts.oneIn(4)) {
      return computed(texts.one(ParamType.MAP, ParamType.STRING_MAP));
    }
    ParamMode mode = mode(ParamMode.MUTABLE);
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    params.put(texts.id(), param(texts.one(types), mode, 0));
    params.putAll(texts.named(2, texts::id, () -> param(texts.one(types), mode, 0)));
    return with(new ParamContent.Literal(new ParamValue.MapOfParams(params)), ParamType.MAP, mode);
  }

  ParamDefinition literal(ParamValue value) {
    return with(new ParamContent.Literal(value), value.type(), mode(ParamMode.MUTABLE));
  }

  /** A text that may be evaluated. */
  ParamDefinition text() {
    return param(ParamType.STRING, ParamMode.MUTABLE, 0);
  }

  private ParamDefinition param(ParamType type, ParamMode outer, int depth) {
    ParamMode mode = mode(outer);
    ParamContent content =
        texts.oneIn(4)
            ? new ParamContent.Computed(expression(type))
            : new ParamContent.Literal(value(type, mode, depth));
    return with(content, type, mode);
  }

  private ParamDefinition computed(ParamType type) {
    return with(new ParamContent.Computed(expression(type)), type, mode(ParamMode.MUTABLE));
  }

  private ParamDefinition with(ParamContent content, ParamType type, ParamMode mode) {
    return new ParamDefinition(
        type, content, mode, texts.maybe(texts::odd), texts.tags(), texts.notes());
  }

  /** Inside a MAP, no param is less strict than it. */
  private ParamMode mode(ParamMode outer) {
    ParamMode own = texts.oneIn(2) ? outer : texts.one(ParamMode.values());
    return own.compareTo(outer) < 0 ? outer : own;
  }

  private ParamValue value(ParamType type, ParamMode mode, int depth) {
    return switch (type) {
      case STRING -> new ParamValue.Text(text.get());
      case LONG -> new ParamValue.Int(texts.any());
      case DOUBLE -> new ParamValue.Decimal(texts.decimal());
      case BOOLEAN -> new ParamValue.Bool(texts.oneIn(2));
      case STRING_MAP -> new ParamValue.StringMap(texts.named(3, this::key, text));
      case STRING_ARRAY -> new ParamValue.StringArray(texts.some(3, text));
      case LONG_ARRAY -> new ParamValue.LongArray(texts.some(3, texts::any));
      case DOUBLE_ARRAY -> new ParamValue.DoubleArray(texts.some(3, texts::decimal));
      case BOOLEAN_ARRAY -> new ParamValue.BooleanArray(texts.some(3, () -> texts.oneIn(2)));
      case MAP ->
          new ParamValue.MapOfParams(
              depth == 0
                  ? Map.of()
                  : texts.named(
                      3, this::key, () -> param(texts.one(ParamType.values()), mode, depth - 1)));
    };
  }

  /** Any text is a key, also one that means something in a param. */
  private String key() {
    return texts.oneIn(4) ? texts.one("type", "value", "expression", "mode", "") : texts.odd();
  }

  private String expression(ParamType type) {
    return switch (type) {
      case STRING -> texts.one("'a' + \"\\\"b\\n\"", "return 'é😀';", " 'x' // odd\n");
      case LONG -> texts.one("1 + 2", "x = 40; return x + 2;", "\t7");
      case DOUBLE -> texts.one("1.5", "0.1 + 1");
      case BOOLEAN -> texts.one("true", "1 < 2 && !false");
      case STRING_ARRAY -> "new String[]{'a', 'b'}";
      case LONG_ARRAY -> "new long[]{1, 2}";
      case DOUBLE_ARRAY -> "new double[]{0.5}";
      case BOOLEAN_ARRAY -> "new boolean[]{true}";
      case STRING_MAP, MAP -> "m = new HashMap(); m['k'] = 'v'; return m;";
    };
  }
}
