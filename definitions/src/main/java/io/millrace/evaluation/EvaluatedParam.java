package io.millrace.evaluation;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A param and what it is worth.
 *
 * @param value of the declared type; a MAP in it holds literals only
 * @param notes on how the result of its expression was made to fit
 */
public record EvaluatedParam(ParamDefinition definition, ParamValue value, List<Note> notes) {
  public EvaluatedParam {
    notes = List.copyOf(notes);
  }

  /** A definition that gives this value again, with all else that was said of the param. */
  public ParamDefinition asLiteral() {
    return definition.with(value.type(), new ParamContent.Literal(Literals.verbatim(value)));
  }

  /**
   * What a restart begins with: the value, but what is IMMUTABLE is evaluated again from its
   * definition, also if it is an entry of a MAP (Maestro semantics 4.4).
   */
  public ParamDefinition atRestart() {
    return atRestart(definition, asLiteral());
  }

  private static ParamDefinition atRestart(ParamDefinition definition, ParamDefinition kept) {
    if (definition.mode() == ParamMode.IMMUTABLE) {
      return definition;
    }
    if (definition.expression().isPresent()
        || !(definition.literal() instanceof ParamValue.MapOfParams before)
        || !(kept.literal() instanceof ParamValue.MapOfParams after)) {
      return kept;
    }
    Map<String, ParamDefinition> entries = new LinkedHashMap<>();
    after
        .value()
        .forEach(
            (key, entry) -> {
              ParamDefinition old = before.value().get(key);
              entries.put(key, old == null ? entry : atRestart(old, entry));
            });
    return kept.with(kept.type(), new ParamContent.Literal(new ParamValue.MapOfParams(entries)));
  }
}
