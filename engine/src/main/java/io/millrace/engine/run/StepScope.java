package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.Elsewhere;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.Evaluation;
import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.evaluation.StepFacts;
import io.millrace.evaluation.StepParams;
import io.millrace.expression.Expression;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the texts of a step mean in an attempt: its params, and the conditions that read them
 * (Maestro semantics 4.5). What was evaluated is kept with the attempt; facts of the attempt, such
 * as its number, are not kept but known.
 */
final class StepScope {
  private static final String CONDITION = "condition of the transition";

  private final Language language;
  private final OpenRun run;

  StepScope(Language language, OpenRun run) {
    this.language = language;
    this.run = run;
  }

  /** What came of evaluating something. */
  sealed interface Evaluated<T> {
    record Value<T>(T value) implements Evaluated<T> {}

    /** {@code reason} is one sentence. */
    record Fault<T>(String reason) implements Evaluated<T> {}
  }

  /**
   * The params of an attempt, without facts of it.
   *
   * @param restart what a user gave who restarted the step
   */
  Evaluated<Map<String, ParamValue>> params(
      StepDefinition step, StepRun attempt, Map<String, ParamDefinition> restart) {
    if (step.params().isEmpty() && restart.isEmpty()) {
      return new Evaluated.Value<>(Map.of());
    }
    Merged merged =
        StepParams.of(
                facts(attempt),
                step.accept(BuiltIn.OF_KIND),
                step instanceof ForeachStep ? counted(step.params()) : step.params())
            .restartedWith(restart)
            .merged(language.limits());
    if (merged instanceof Merged.Refused refused) {
      return new Evaluated.Fault<>(RunScope.sentence(refused.failure()));
    }
    Evaluation evaluation =
        language
            .params()
            .step(
                step.id(),
                ((Merged.Params) merged).params(),
                run.visible(),
                elsewhere(),
                surroundings(attempt, "params"));
    if (evaluation instanceof Evaluation.Failed failed) {
      return new Evaluated.Fault<>(RunScope.sentence(failed.failure()));
    }
    Map<String, ParamValue> values = new LinkedHashMap<>();
    ((Evaluation.Evaluated) evaluation)
        .params()
        .forEach((name, param) -> values.put(name, param.value()));
    BuiltInParams.STEP.params().keySet().forEach(values::remove);
    return new Evaluated.Value<>(values);
  }

  /**
   * The params of a foreach, in which ranges of loop params give their bounds: as many numbers as a
   * loop may have would be too long an array.
   */
  private Map<String, ParamDefinition> counted(Map<String, ParamDefinition> params) {
    ParamDefinition loop = params.get(BuiltInParams.LOOP_PARAMS);
    if (loop == null
        || loop.expression().isPresent()
        || !(loop.literal() instanceof ParamValue.MapOfParams map)) {
      return params;
    }
    Map<String, ParamDefinition> entries = new LinkedHashMap<>(map.value());
    entries.replaceAll(
        (name, entry) ->
            range(entry).isPresent() ? Language.bounds(entry.expression().orElse("")) : entry);
    Map<String, ParamDefinition> counted = new LinkedHashMap<>(params);
    counted.put(
        BuiltInParams.LOOP_PARAMS,
        loop.with(loop.type(), new ParamContent.Literal(new ParamValue.MapOfParams(entries))));
    return counted;
  }

  /** What a loop param counts, if it is evaluated to the bounds of that. */
  Optional<Expression.Range> range(ParamDefinition loopParam) {
    return loopParam.type() == ParamType.LONG_ARRAY
        ? loopParam.expression().flatMap(language::range)
        : Optional.empty();
  }

  /**
   * Whether a condition holds, in the scope of an attempt.
   *
   * @param over params that stand above those of the attempt, such as the loop params of now
   */
  Evaluated<Boolean> holds(
      String text, StepDefinition step, StepRun attempt, Map<String, ParamValue> over) {
    if (ConditionText.isAlways(text)) {
      return new Evaluated.Value<>(true);
    }
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    facts(attempt, params);
    attempt.params().forEach((name, value) -> params.put(name, Language.verbatim(value)));
    over.forEach((name, value) -> params.put(name, Language.verbatim(value)));
    params.put(CONDITION, ParamDefinition.computed(ParamType.BOOLEAN, text));
    Evaluation evaluation =
        language
            .params()
            .step(
                step.id(), params, run.visible(), elsewhere(), surroundings(attempt, "condition"));
    if (evaluation instanceof Evaluation.Failed failed) {
      return new Evaluated.Fault<>(
          "The condition " + shortened(text) + " failed: " + failed.failure().message());
    }
    EvaluatedParam condition = ((Evaluation.Evaluated) evaluation).params().get(CONDITION);
    return new Evaluated.Value<>(
        condition != null && condition.value().equals(new ParamValue.Bool(true)));
  }

  private static String shortened(String text) {
    return "'" + (text.length() <= 60 ? text : Kept.start(text, 60) + "...") + "'";
  }

  // ---- facts

  StepFacts facts(StepRun attempt) {
    return new StepFacts(
        attempt.stepId(), run.instance().instance(), uuid(attempt), attempt.attempt());
  }

  private void facts(StepRun attempt, Map<String, ParamDefinition> into) {
    for (String name : BuiltInParams.STEP.params().keySet()) {
      fact(attempt, name).ifPresent(value -> into.put(name, ParamDefinition.literal(value)));
    }
  }

  /** A fact of an attempt that any step can be asked for by name. */
  Optional<ParamValue> fact(StepRun attempt, String name) {
    return switch (name) {
      case "step_id" -> Optional.of(new ParamValue.Text(attempt.stepId()));
      case "step_attempt_id" -> Optional.of(new ParamValue.Int(attempt.attempt()));
      case "step_instance_uuid" -> Optional.of(new ParamValue.Text(uuid(attempt)));
      case "workflow_instance_id" -> Optional.of(new ParamValue.Int(run.instance().instance()));
      default -> Optional.empty();
    };
  }

  String uuid(StepRun attempt) {
    String name = run.record().runUuid() + "/" + attempt.stepId() + "@" + attempt.attempt();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private Surroundings surroundings(StepRun attempt, String what) {
    String seed = run.address() + "/" + attempt.stepId() + "@" + attempt.attempt() + "#" + what;
    return Language.surroundings(
        run.turn().at(), run.record().runUuid() + " " + seed, new RunFunctions(run, this, attempt));
  }

  /** Steps of this run and of earlier ones; signals are none yet. */
  private Elsewhere elsewhere() {
    return new Elsewhere() {
      @Override
      public boolean hasStep(String stepId) {
        return run.finished(stepId).isPresent();
      }

      @Override
      public Optional<ParamValue> ofStep(String stepId, String param) {
        return run.finished(stepId).flatMap(step -> param(step, param));
      }

      @Override
      public Optional<ParamValue> ofSignal(String signal, String param) {
        return Optional.empty();
      }
    };
  }

  /** A param of a finished step, or a fact of it. */
  Optional<ParamValue> param(StepRun step, String param) {
    ParamValue value = step.params().get(param);
    return value == null ? fact(step, param) : Optional.of(value);
  }

  /** The params that are built in for a kind of step. */
  private enum BuiltIn implements StepDefinition.Cases<BuiltInParams> {
    OF_KIND;

    @Override
    public BuiltInParams typed(TypedStep step) {
      return step.type().equalsIgnoreCase("http") ? BuiltInParams.HTTP : BuiltInParams.NONE;
    }

    @Override
    public BuiltInParams subworkflow(SubworkflowStep step) {
      return BuiltInParams.SUBWORKFLOW;
    }

    @Override
    public BuiltInParams foreach(ForeachStep step) {
      return BuiltInParams.FOREACH;
    }

    @Override
    public BuiltInParams whileLoop(WhileStep step) {
      return BuiltInParams.WHILE;
    }
  }
}
