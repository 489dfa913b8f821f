package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.evaluation.ParamValues;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.Map;

/** What iterations handed over when they ended, read as arrays (Maestro semantics 4.6). */
final class Collected {
  /** Elements of an array of the language. */
  private static final long MAX_ELEMENTS = 25_000;

  private final OpenRun run;

  Collected(OpenRun run) {
    this.run = run;
  }

  /**
   * One element for each iteration; null, 0 or false where an iteration has none.
   *
   * @throws Failed if the loop has not finished or has too many iterations for an array
   */
  Value ofForeach(String loopId, String stepId, String param) {
    LoopDraft loop =
        run.finished(loopId)
            .flatMap(finished -> run.loop(loopId))
            .orElseThrow(() -> failed("loop '" + loopId + "' to have finished, but it has not."));
    if (loop.total > MAX_ELEMENTS) {
      throw failed(
          "at most "
              + MAX_ELEMENTS
              + " iterations to be read as an array, but '"
              + loopId
              + "' has "
              + loop.total
              + ".");
    }
    Type type = type(loopId, stepId, param);
    Value[] items = new Value[(int) loop.total];
    for (int i = 0; i < items.length; i++) {
      ParamValue value = loop.exports(i).getOrDefault(stepId, Map.of()).get(param);
      items[i] = value == null ? missing(type) : fitting(ParamValues.of(value), type);
    }
    return new Value.Array(type, items);
  }

  /**
   * A param keeps its declared type, so what does not fit is a fact of the step that is no text.
   */
  private static Value fitting(Value value, Type array) {
    return array == Type.STRING_ARRAY && !(value instanceof Value.Text)
        ? new Value.Text(value.text())
        : value;
  }

  private static Value missing(Type array) {
    return switch (array) {
      case LONG_ARRAY -> new Value.Int(0);
      case DOUBLE_ARRAY -> new Value.Decimal(0);
      case BOOLEAN_ARRAY -> Value.Bool.FALSE;
      default -> Value.Null.NULL;
    };
  }

  private Type type(String loopId, String stepId, String param) {
    if (!(run.definition(loopId) instanceof ForeachStep loop)) {
      throw failed("'" + loopId + "' to be a foreach, but it is another kind of step.");
    }
    ParamDefinition definition =
        loop.steps().stream()
            .filter(step -> step.id().equals(stepId))
            .findFirst()
            .map(StepDefinition::params)
            .map(params -> params.get(param))
            .orElse(null);
    if (definition == null) {
      return param.equals("step_attempt_id") || param.equals("workflow_instance_id")
          ? Type.LONG_ARRAY
          : Type.STRING_ARRAY;
    }
    return array(definition.type());
  }

  private static Type array(ParamType type) {
    return switch (type) {
      case LONG -> Type.LONG_ARRAY;
      case DOUBLE -> Type.DOUBLE_ARRAY;
      case BOOLEAN -> Type.BOOLEAN_ARRAY;
      case STRING, STRING_MAP, STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, MAP ->
          Type.STRING_ARRAY;
    };
  }

  private static Failed failed(String expected) {
    return new Failed(FailureCode.FUNCTION, "Expected " + expected);
  }
}
