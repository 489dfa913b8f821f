package io.millrace.engine.model;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.Elsewhere;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.Evaluation;
import io.millrace.evaluation.GivenParams;
import io.millrace.evaluation.ParamEvaluator;
import io.millrace.evaluation.ParamLimits;
import io.millrace.evaluation.ParamMerge;
import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.evaluation.StepFacts;
import io.millrace.evaluation.StepParams;
import io.millrace.evaluation.WorkflowFacts;
import io.millrace.evaluation.WorkflowParams;
import io.millrace.expression.Expression;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Evaluates params and conditions; empty means that one failed (Maestro semantics 4). */
final class Params {
  private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** No name a user may give to a param (Maestro semantics 1.4). */
  private static final String CONDITION = "maestro_condition";

  /** Expressions are the same in every case. */
  private static final Map<String, Expression> COMPILED = new ConcurrentHashMap<>();

  private final Agenda agenda;
  private final WorkflowParams workflows = new WorkflowParams(ParamLimits.DEFAULT, Map.of());
  private final ParamEvaluator evaluator =
      new ParamEvaluator(
          ParamLimits.DEFAULT, text -> COMPILED.computeIfAbsent(text, Expression::compile));

  private final Consumer<String> doubt;

  Params(Agenda agenda, Consumer<String> doubt) {
    this.agenda = agenda;
    this.doubt = doubt;
  }

  static Map<String, ParamValue> values(Map<String, EvaluatedParam> params) {
    Map<String, ParamValue> values = new LinkedHashMap<>();
    params.forEach((name, param) -> values.put(name, param.value()));
    return values;
  }

  static ParamValue value(Object plain) {
    if (plain instanceof Boolean truth) {
      return new ParamValue.Bool(truth);
    }
    return plain instanceof Number number
        ? new ParamValue.Int(number.longValue())
        : new ParamValue.Text((String) plain);
  }

  static Map<String, ParamDefinition> literals(Map<String, Object> plain) {
    Map<String, ParamDefinition> literals = new LinkedHashMap<>();
    plain.forEach((name, value) -> literals.put(name, ParamDefinition.literal(value(value))));
    return literals;
  }

  /** The params of a run: at a start, at a restart, or those an iteration is passed (4.7). */
  Optional<Map<String, EvaluatedParam>> ofRun(Run run) {
    Map<String, ParamDefinition> ofIteration = run.inputs.iteration();
    if (ofIteration != null) {
      return evaluated(evaluator.workflow(ofIteration, Elsewhere.NOWHERE, surroundings(run)));
    }
    GivenParams given = run.inputs.given();
    Merged merged =
        run.previous == null
            ? workflows.fresh(
                new WorkflowFacts(run.version.flow().id, run.version.flow().owner(), null, null),
                run.version.definition().params(),
                given)
            : workflows.restarted(kept(run.previous), given, Map.of());
    return params(merged)
        .flatMap(all -> evaluated(evaluator.workflow(all, Elsewhere.NOWHERE, surroundings(run))));
  }

  private static Map<String, ParamDefinition> kept(Run run) {
    Map<String, ParamDefinition> kept = new LinkedHashMap<>();
    run.params.forEach((name, param) -> kept.put(name, param.atRestart()));
    return kept;
  }

  /** The params of an attempt of a step. */
  Optional<Map<String, EvaluatedParam>> ofStep(StepRun step) {
    StepFacts facts =
        new StepFacts(step.id(), step.run.instance, step.id() + "@" + step.attempts, step.attempts);
    return params(
            StepParams.of(facts, builtIn(step.definition), step.definition.params())
                .merged(ParamLimits.DEFAULT))
        .flatMap(all -> evaluate(step, all));
  }

  /**
   * A condition of a step: its params count before those of the workflow (Maestro semantics 2.11).
   *
   * @param loop params that count before all others (2.9)
   */
  Optional<Boolean> condition(StepRun step, String text, Map<String, ParamValue> loop) {
    Map<String, ParamDefinition> all = new LinkedHashMap<>();
    step.params.forEach((name, param) -> all.put(name, param.asLiteral()));
    loop.forEach((name, value) -> all.put(name, verbatim(value)));
    all.put(CONDITION, ParamDefinition.computed(ParamType.BOOLEAN, text));
    return evaluate(step, all)
        .map(found -> ((ParamValue.Bool) found.get(CONDITION).value()).value());
  }

  /** The params of a step after its worker gave outputs (4.7). */
  Optional<Map<String, EvaluatedParam>> withOutputs(StepRun step, Map<String, Object> outputs) {
    Map<String, ParamDefinition> literals = new LinkedHashMap<>();
    step.params.forEach((name, param) -> literals.put(name, param.asLiteral()));
    Map<String, ParamValue> given = new LinkedHashMap<>();
    outputs.forEach((name, value) -> given.put(name, value(value)));
    return params(ParamMerge.outputs(literals, given)).flatMap(all -> evaluate(step, all));
  }

  private static ParamDefinition verbatim(ParamValue value) {
    return new EvaluatedParam(ParamDefinition.literal(value), value, List.of()).asLiteral();
  }

  private Optional<Map<String, EvaluatedParam>> evaluate(
      StepRun step, Map<String, ParamDefinition> all) {
    return evaluated(
        evaluator.step(
            step.id(),
            all,
            step.run.values(),
            new FinishedSteps(step.run),
            surroundings(step.run, step.id() + "@" + step.attempts, agenda.now())));
  }

  /** Params of a run are of when it was created, however long it was queued (4.5). */
  private Surroundings surroundings(Run run) {
    return surroundings(run, "", run.createdMs);
  }

  private Surroundings surroundings(Run run, String where, long at) {
    String seed = run.version.flow().id + "/" + run.instance + ":" + run.number + where;
    return new Surroundings(EPOCH + at, seed, new Functions(run, doubt));
  }

  private static Optional<Map<String, ParamDefinition>> params(Merged merged) {
    return merged instanceof Merged.Params all ? Optional.of(all.params()) : Optional.empty();
  }

  private static Optional<Map<String, EvaluatedParam>> evaluated(Evaluation evaluation) {
    return evaluation instanceof Evaluation.Evaluated all
        ? Optional.of(all.params())
        : Optional.empty();
  }

  private static BuiltInParams builtIn(StepDefinition step) {
    return step.accept(
        new StepDefinition.Cases<BuiltInParams>() {
          @Override
          public BuiltInParams typed(TypedStep typed) {
            return BuiltInParams.NONE;
          }

          @Override
          public BuiltInParams subworkflow(SubworkflowStep subworkflow) {
            return BuiltInParams.SUBWORKFLOW;
          }

          @Override
          public BuiltInParams foreach(ForeachStep foreach) {
            return BuiltInParams.FOREACH;
          }

          @Override
          public BuiltInParams whileLoop(WhileStep whileLoop) {
            return BuiltInParams.WHILE;
          }
        });
  }

  /** Steps of the same run, or of an earlier one, that are finished and complete (4.5). */
  private record FinishedSteps(Run run) implements Elsewhere {
    @Override
    public boolean hasStep(String stepId) {
      StepRun step = run.latest.get(stepId);
      return step != null && step.status.isComplete();
    }

    @Override
    public Optional<ParamValue> ofStep(String stepId, String param) {
      return Optional.ofNullable(run.latest.get(stepId).params.get(param))
          .map(EvaluatedParam::value);
    }

    @Override
    public Optional<ParamValue> ofSignal(String signal, String param) {
      return Optional.empty();
    }
  }
}
