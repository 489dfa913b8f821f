package io.millrace.evaluation;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The texts of a literal that may name params: STRING, STRING_ARRAY, and both sides of STRING_MAP.
 */
final class Literals {
  private Literals() {}

  static List<String> texts(ParamValue literal) {
    if (literal instanceof ParamValue.Text text) {
      return List.of(text.value());
    }
    if (literal instanceof ParamValue.StringArray array) {
      return array.value();
    }
    return literal instanceof ParamValue.StringMap map
        ? map.value().entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .toList()
        : List.of();
  }

  /** The literal with each of its texts replaced; of two keys that become one, the later counts. */
  static ParamValue replace(ParamValue literal, UnaryOperator<String> replacement) {
    if (literal instanceof ParamValue.Text text) {
      return new ParamValue.Text(replacement.apply(text.value()));
    }
    if (literal instanceof ParamValue.StringArray array) {
      return new ParamValue.StringArray(array.value().stream().map(replacement).toList());
    }
    if (literal instanceof ParamValue.StringMap map) {
      Map<String, String> replaced = new LinkedHashMap<>();
      map.value()
          .forEach((key, text) -> replaced.put(replacement.apply(key), replacement.apply(text)));
      return new ParamValue.StringMap(replaced);
    }
    return literal;
  }

  /** A literal that evaluates to {@code value}: no text in it is taken for a template. */
  static ParamValue verbatim(ParamValue value) {
    if (value instanceof ParamValue.MapOfParams map) {
      Map<String, ParamDefinition> entries = new LinkedHashMap<>();
      map.value()
          .forEach(
              (key, param) ->
                  entries.put(
                      key,
                      param.with(
                          param.type(), new ParamContent.Literal(verbatim(param.literal())))));
      return new ParamValue.MapOfParams(entries);
    }
    return replace(value, text -> Template.isIn(text) ? text.replace("$", "$$") : text);
  }
}
