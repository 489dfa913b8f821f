package io.millrace.evaluation;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.List;

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
}
