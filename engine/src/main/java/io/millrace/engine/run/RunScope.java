package io.millrace.engine.run;

import io.millrace.definition.WorkflowDefinition;
import io.millrace.engine.Document.RunParams;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Message;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.Elsewhere;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.Evaluation;
import io.millrace.evaluation.GivenParams;
import io.millrace.evaluation.ParamFailure;
import io.millrace.evaluation.ParamMarks;
import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.evaluation.ParamSource;
import io.millrace.evaluation.WorkflowFacts;
import io.millrace.evaluation.WorkflowParams;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The params of a run: made when it is launched, and looked up while it lasts.
 *
 * <p>Built-in params that nobody changed are never stored. They are computed again, with the time
 * of the run's creation, when a text of the definition may read one; that gives the same whenever
 * it is done, since they depend on nothing else.
 */
final class RunScope {
  private final Language language;
  private final Dag dag;

  RunScope(Language language, Dag dag) {
    this.language = language;
    this.dag = dag;
  }

  /**
   * What came of a launch.
   *
   * @param values without untouched built-in params; none if there is a problem
   * @param definitions of the same, merged and not evaluated; with a problem, what a restart can
   *     begin with all the same
   * @param problem null: it worked
   */
  record Made(
      Map<String, ParamValue> values,
      Map<String, ParamDefinition> definitions,
      @Nullable String problem) {
    static Made failed(Map<String, ParamDefinition> definitions, ParamFailure failure) {
      return new Made(Map.of(), definitions, sentence(failure));
    }
  }

  // ---- at the beginning

  /**
   * Of an iteration, which has no params but those it is given (Maestro semantics 2.8).
   *
   * @param restart of the user who restarts this very iteration (4.7)
   */
  Made ofIteration(
      Message.Launch launch,
      Map<String, ParamDefinition> restart,
      long runTs,
      Surroundings surroundings) {
    Map<String, ParamDefinition> passed = launch.runParams();
    Merged merged =
        restart.isEmpty()
            ? new Merged.Params(passed)
            : rules().restarted(passed, GivenParams.NONE, restart);
    return made(merged, passed, launch, computes(restart), runTs, surroundings);
  }

  /** Of a fresh run of a workflow. */
  Made fresh(Message.Launch launch, Surroundings surroundings) {
    Merged merged = merged(launch, given(launch));
    Map<String, ParamDefinition> without =
        merged instanceof Merged.Refused
                && merged(launch, GivenParams.NONE) instanceof Merged.Params defined
            ? touched(defined.params())
            : Map.of();
    return made(
        merged, without, launch, computes(launch.runParams()), surroundings.now(), surroundings);
  }

  private Merged merged(Message.Launch launch, GivenParams given) {
    return rules().fresh(facts(dag.workflow(), launch.owner()), dag.workflow().params(), given);
  }

  /** Without built-in params that nobody has changed. */
  private static Map<String, ParamDefinition> touched(Map<String, ParamDefinition> merged) {
    Map<String, ParamDefinition> touched = new LinkedHashMap<>(merged);
    touched.values().removeIf(ParamMarks::isUntouched);
    return touched;
  }

  /**
   * Of a restart.
   *
   * @param previous params of the run before, see {@link #kept}
   * @param runTs when the first run was created: the built-in params stay those of then
   */
  Made restarted(
      Message.Launch launch,
      Map<String, ParamDefinition> previous,
      Map<String, ParamDefinition> restart,
      long runTs,
      Surroundings surroundings) {
    return made(
        rules().restarted(previous, given(launch), restart),
        previous,
        launch,
        computes(previous) || computes(launch.runParams()) || computes(restart),
        runTs,
        surroundings);
  }

  private static GivenParams given(Message.Launch launch) {
    return new GivenParams(
        launch.parent() == null ? ParamSource.LAUNCH : ParamSource.SUBWORKFLOW, launch.runParams());
  }

  /** Whether a param that came with a launch may read another, which may be a built-in one. */
  private static boolean computes(Map<String, ParamDefinition> given) {
    return given.values().stream()
        .anyMatch(
            param -> param.expression().isPresent() || param.literal().toString().contains("$"));
  }

  /**
   * Evaluates what was merged.
   *
   * @param without what is left if what was given is refused
   */
  private Made made(
      Merged merged,
      Map<String, ParamDefinition> without,
      Message.Launch launch,
      boolean computes,
      long runTs,
      Surroundings surroundings) {
    return merged instanceof Merged.Params params
        ? evaluated(launch, computes, params.params(), runTs, surroundings)
        : Made.failed(without, ((Merged.Refused) merged).failure());
  }

  /**
   * Evaluates the params of a run.
   *
   * @param computes whether texts that are not the definition's may read built-in params
   */
  private Made evaluated(
      Message.Launch launch,
      boolean computes,
      Map<String, ParamDefinition> merged,
      long runTs,
      Surroundings surroundings) {
    Map<String, ParamDefinition> params =
        dag.readsBuiltIns() || computes ? builtIn(launch.owner(), runTs) : new LinkedHashMap<>();
    Map<String, ParamDefinition> touched = touched(merged);
    params.putAll(touched);
    Evaluation evaluation = language.params().workflow(params, Elsewhere.NOWHERE, surroundings);
    if (evaluation instanceof Evaluation.Failed failed) {
      return Made.failed(touched, failed.failure());
    }
    Map<String, ParamValue> values = new LinkedHashMap<>();
    Map<String, ParamDefinition> definitions = new LinkedHashMap<>();
    ((Evaluation.Evaluated) evaluation)
        .params()
        .forEach(
            (name, param) -> {
              if (!ParamMarks.isUntouched(param.definition())) {
                values.put(name, param.value());
                definitions.put(name, param.definition());
              }
            });
    return new Made(values, definitions, null);
  }

  // ---- while it lasts

  /** The values of all params, built-in ones included if a text may read them. */
  Map<String, ParamValue> values(RunRecord run) {
    if (!dag.readsBuiltIns()) {
      return run.params();
    }
    Map<String, ParamDefinition> params = builtIn(run.owner(), created(run));
    run.params().forEach((name, value) -> params.put(name, Language.verbatim(value)));
    Evaluation evaluation =
        language
            .params()
            .workflow(
                params,
                Elsewhere.NOWHERE,
                new Surroundings(created(run), run.runUuid(), ParamFunctions.NONE));
    if (!(evaluation instanceof Evaluation.Evaluated evaluated)) {
      throw new IllegalStateException(
          "Expected built-in params to be computed again, but "
              + ((Evaluation.Failed) evaluation).failure());
    }
    Map<String, ParamValue> values = new LinkedHashMap<>();
    evaluated.params().forEach((name, param) -> values.put(name, param.value()));
    return Collections.unmodifiableMap(values);
  }

  /**
   * The params of a run, without untouched built-in ones, with what they were made of: to be passed
   * down, or to begin another run with.
   */
  static Map<String, EvaluatedParam> evaluated(RunRecord run, RunParams made) {
    Map<String, EvaluatedParam> params = new LinkedHashMap<>();
    run.params()
        .forEach(
            (name, value) -> {
              ParamDefinition definition = made.definitions().get(name);
              params.put(
                  name,
                  new EvaluatedParam(
                      definition == null ? ParamDefinition.literal(value) : definition,
                      value,
                      List.of()));
            });
    return params;
  }

  /**
   * What a restart begins with. A run that failed on its params has no values, but knows what they
   * were to be made of, its start's included; those are evaluated for the first time then.
   */
  static Map<String, ParamDefinition> kept(RunRecord run, RunParams made) {
    Map<String, ParamDefinition> kept = new LinkedHashMap<>();
    evaluated(run, made).forEach((name, param) -> kept.put(name, param.atRestart()));
    made.definitions().forEach(kept::putIfAbsent);
    return kept;
  }

  /** RUN_TS is the only one that reads the clock, and the others read it (4.8). */
  private Map<String, ParamDefinition> builtIn(@Nullable String owner, long runTs) {
    Merged merged = rules().fresh(facts(dag.workflow(), owner), Map.of(), GivenParams.NONE);
    Map<String, ParamDefinition> params = new LinkedHashMap<>(((Merged.Params) merged).params());
    params.computeIfPresent(
        BuiltInParams.RUN_TS,
        (name, param) ->
            param.with(param.type(), new ParamContent.Literal(new ParamValue.Int(runTs))));
    return params;
  }

  private WorkflowParams rules() {
    return new WorkflowParams(language.limits(), Map.of());
  }

  private static WorkflowFacts facts(WorkflowDefinition workflow, @Nullable String owner) {
    String zone =
        workflow.timeTriggers().isEmpty()
            ? null
            : workflow.timeTriggers().get(0).timezone().getId();
    return new WorkflowFacts(workflow.id(), owner == null ? "" : owner, zone, null);
  }

  /**
   * When a run was created, as far as its built-in params go (Maestro semantics 4.5): not when it
   * left the queue. A restart has those of the first run, an iteration those of its root.
   */
  static long created(RunRecord run) {
    Long runTs = run.runTs();
    return runTs == null ? run.createdAt() : runTs;
  }

  /** For whoever must know why a run or step has no params. */
  static String sentence(ParamFailure failure) {
    String named = "'" + failure.param() + "'";
    return failure.message().contains(named)
        ? failure.message()
        : "Param " + named + ": " + failure.message();
  }
}
