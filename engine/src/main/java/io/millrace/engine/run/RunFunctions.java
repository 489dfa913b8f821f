package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.evaluation.ParamValues;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamValue;
import java.util.List;
import java.util.Map;

/** The functions on {@code params} within an attempt of a step (Maestro semantics 4.6). */
final class RunFunctions implements ParamFunctions {
  private static final String STATUS = "MAESTRO_STEP_STATUS";
  private static final String END_TIME = "MAESTRO_STEP_END_TIME";

  private final OpenRun run;
  private final StepScope scope;
  private final StepRun attempt;
  private final InstanceFunctions ofInstance;

  RunFunctions(OpenRun run, StepScope scope, StepRun attempt) {
    this.run = run;
    this.scope = scope;
    this.attempt = attempt;
    this.ofInstance =
        new InstanceFunctions(
            InstanceFunctions.Facts.of(run), run.turn().at(), scope.uuid(attempt));
  }

  @Override
  public Value call(String name, List<Value> arguments) {
    return switch (name) {
      case "getFromStep" ->
          arguments.size() == 1
              ? ofThisStep(text(arguments, 0))
              : ofStep(text(arguments, 0), text(arguments, 1));
      case "getFromForeach" ->
          run.collected().ofForeach(text(arguments, 0), text(arguments, 1), text(arguments, 2));
      case "getFromSubworkflow" ->
          ofSubworkflow(text(arguments, 0), text(arguments, 1), text(arguments, 2));
      default -> ofInstance.call(name, arguments);
    };
  }

  private static String text(List<Value> arguments, int index) {
    return arguments.get(index).text();
  }

  private Value ofThisStep(String fact) {
    return switch (fact) {
      case "step_id" -> new Value.Text(attempt.stepId());
      case "step_instance_id" -> new Value.Int(run.ordinal(attempt.stepId()));
      case "step_instance_uuid" -> new Value.Text(scope.uuid(attempt));
      case "step_attempt_id" -> new Value.Int(attempt.attempt());
      case "step_type_info" ->
          new Value.Text(run.definition(attempt.stepId()).accept(TypeName.OF_STEP));
      case "MAESTRO_STEP_ERROR_RETRIES" -> new Value.Int(attempt.errorRetries());
      default -> new Value.Text("");
    };
  }

  private Value ofStep(String stepId, String param) {
    StepRun step = stepId.equals(attempt.stepId()) ? attempt : finished(stepId);
    if (param.equals(STATUS)) {
      return new Value.Text(step.status().name());
    }
    if (param.equals(END_TIME)) {
      Long ended = step.endedAt();
      return new Value.Int(ended == null ? 0 : ended);
    }
    return scope
        .param(step, param)
        .map(ParamValues::of)
        .orElseThrow(() -> none("step '" + stepId + "'", param));
  }

  private StepRun finished(String stepId) {
    return run.finished(stepId)
        .orElseThrow(
            () ->
                new Failed(
                    FailureCode.FUNCTION,
                    "Expected step '" + stepId + "' to have finished, but it has not."));
  }

  private Value ofSubworkflow(String subworkflow, String stepId, String param) {
    ParamValue value = finished(subworkflow).exports().getOrDefault(stepId, Map.of()).get(param);
    if (value == null) {
      throw none("step '" + stepId + "' of subworkflow '" + subworkflow + "'", param);
    }
    return ParamValues.of(value);
  }

  private static Failed none(String owner, String param) {
    return new Failed(
        FailureCode.FUNCTION,
        "Expected " + owner + " to have a param '" + param + "', but it has none.");
  }

  /** What a step calls its type. */
  private enum TypeName implements StepDefinition.Cases<String> {
    OF_STEP;

    @Override
    public String typed(TypedStep step) {
      return step.type();
    }

    @Override
    public String subworkflow(SubworkflowStep step) {
      return "subworkflow";
    }

    @Override
    public String foreach(ForeachStep step) {
      return "foreach";
    }

    @Override
    public String whileLoop(WhileStep step) {
      return "while";
    }
  }
}
