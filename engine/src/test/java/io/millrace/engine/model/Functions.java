package io.millrace.engine.model;

import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.ParamValues;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions that read params of other steps (Maestro semantics 4.6): of a finished step, of all
 * iterations of a foreach, of a step of a subworkflow.
 */
record Functions(Run run, Consumer<String> doubt) implements ParamFunctions {
  @Override
  public Value call(String name, List<Value> arguments) {
    List<String> texts = arguments.stream().map(Value::text).toList();
    if (name.equals("getFromStep") && texts.size() == 2) {
      return ParamValues.of(param(finished(texts.get(0)), texts.get(1)).value());
    } else if (name.equals("getFromForeach")) {
      return overIterations(finished(texts.get(0)), texts.get(1), texts.get(2));
    } else if (name.equals("getFromSubworkflow")) {
      Run child = finished(texts.get(0)).child;
      StepRun step = child == null ? null : child.latest.get(texts.get(1));
      return ParamValues.of(param(step, texts.get(2)).value());
    }
    doubt.accept("params." + name + ", which the model does not know");
    throw failed("the model to know params." + name, "it does not");
  }

  private StepRun finished(String stepId) {
    StepRun step = run.latest.get(stepId);
    if (step == null || !step.status.isComplete()) {
      throw failed("step '" + stepId + "' to be finished", "it is not");
    }
    return step;
  }

  private static EvaluatedParam param(@Nullable StepRun step, String name) {
    EvaluatedParam param = step == null ? null : step.params.get(name);
    if (param == null) {
      throw failed("param '" + name + "' to be there", "it is not");
    }
    return param;
  }

  /** An iteration without a value gives null, 0 or false. */
  private Value overIterations(StepRun foreach, String stepId, String name) {
    if (!foreach.toLaunch.isEmpty()) {
      // The engine gives those an element too.
      doubt.accept("an array over iterations that were not all launched");
    }
    List<@Nullable Value> values = new ArrayList<>();
    for (Run iteration : foreach.iterations.values()) {
      StepRun step = iteration.latest.get(stepId);
      EvaluatedParam param = step == null ? null : step.params.get(name);
      values.add(param == null ? null : ParamValues.of(param.value()));
    }
    Value some = values.stream().filter(value -> value != null).findFirst().orElse(null);
    if (some == null) {
      doubt.accept("an array over iterations of which none has the param");
      throw failed("an iteration to have param '" + name + "'", "none has");
    }
    if (some instanceof Value.Int) {
      return array(Type.LONG_ARRAY, values, new Value.Int(0));
    } else if (some instanceof Value.Bool) {
      return array(Type.BOOLEAN_ARRAY, values, Value.Bool.FALSE);
    } else if (some instanceof Value.Decimal) {
      return array(Type.DOUBLE_ARRAY, values, new Value.Decimal(0));
    }
    if (values.contains(null)) {
      doubt.accept("an array of texts with one missing");
    }
    return array(Type.STRING_ARRAY, values, new Value.Text(""));
  }

  private static Value array(Type type, List<@Nullable Value> values, Value missing) {
    return new Value.Array(
        type, values.stream().map(value -> value == null ? missing : value).toArray(Value[]::new));
  }

  private static Failed failed(String expected, String finding) {
    return new Failed(FailureCode.FUNCTION, "Expected " + expected + ", but " + finding + ".");
  }
}
