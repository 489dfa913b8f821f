package io.millrace.engine.simulation.scenario;

import io.millrace.definition.SourceFields;
import io.millrace.definition.SourceReader;
import io.millrace.definition.SourceReader.SourceReading;
import io.millrace.param.ParamDefinition;
import io.millrace.protocol.RestartPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a scenario, JSON or YAML. All that is wrong with it comes back at once; what this release
 * can't do is refused, and never ignored.
 */
public final class ScenarioReader {
  private ScenarioReader() {}

  /**
   * Reads a scenario.
   *
   * @param inner whether a step of this id has steps below it, and so no outcomes of its own
   */
  public static SourceReading<Scenario> read(byte[] utf8, Predicate<String> inner) {
    return SourceReader.read(
        utf8,
        "the scenario",
        fields -> {
          Scenario scenario = read(fields, inner);
          fields.refuseOthers();
          return Optional.of(scenario);
        });
  }

  /** Reads the scenario's own fields of an object that may have others. */
  public static Scenario read(SourceFields fields, Predicate<String> inner) {
    return new Scenario(
        fields.instant("now").orElse(Scenario.DEFAULT_NOW),
        schedules(fields),
        fields.bool("start").orElse(true),
        fields.params("params"),
        outcomes(fields, inner),
        signals(fields),
        fields.objects("actions", ScenarioReader::action),
        fields.objects("starts", ScenarioReader::start));
  }

  private static boolean schedules(SourceFields fields) {
    boolean schedules = fields.bool("schedules").orElse(false);
    if (schedules) {
      fields.notYet("schedules", "'schedules'");
    }
    return schedules;
  }

  private static Map<String, List<StepOutcome>> outcomes(
      SourceFields fields, Predicate<String> inner) {
    Map<String, List<StepOutcome>> outcomes = new LinkedHashMap<>();
    fields
        .object("steps")
        .ifPresent(
            steps -> {
              for (String step : steps.names()) {
                if (inner.test(step)) {
                  steps.refuseField(
                      step,
                      "'" + step + "' to be a step that does work of its own",
                      "it is a loop or a subworkflow");
                }
                outcomes.put(step, steps.objects(step, OutcomeReader::outcome));
              }
            });
    return outcomes;
  }

  private static List<ScenarioSignal> signals(SourceFields fields) {
    List<ScenarioSignal> signals = fields.objects("signals", ScenarioReader::signal);
    if (!signals.isEmpty()) {
      fields.notYet("signals", "'signals'");
    }
    return signals;
  }

  private static Optional<ScenarioSignal> signal(SourceFields fields) {
    Optional<Duration> at = fields.requireDuration("at");
    Optional<String> name = fields.requireText("name");
    Map<String, ParamDefinition> params = fields.params("params");
    Map<String, ParamDefinition> payload = fields.params("payload");
    fields.refuseOthers();
    return at.isPresent() && name.isPresent()
        ? Optional.of(new ScenarioSignal(at.get(), name.get(), params, payload))
        : Optional.empty();
  }

  private static Optional<ScenarioStart> start(SourceFields fields) {
    Optional<Duration> at = fields.requireDuration("at");
    Optional<String> workflow = fields.requireText("workflow");
    Map<String, ParamDefinition> params = fields.params("params");
    Optional<String> requestId = fields.text("request_id");
    fields.refuseOthers();
    return at.isPresent() && workflow.isPresent()
        ? Optional.of(new ScenarioStart(at.get(), workflow.get(), params, requestId.orElse(null)))
        : Optional.empty();
  }

  private static Optional<ScenarioAction> action(SourceFields fields) {
    Optional<Duration> at = fields.requireDuration("at");
    Optional<ScenarioAction.Kind> kind =
        fields.requireText("do").flatMap(word -> kind(fields, word));
    Optional<String> workflow = fields.text("workflow");
    Optional<Long> instance = fields.integer("instance", 1, Long.MAX_VALUE);
    Optional<Long> run = fields.integer("run", 1, Long.MAX_VALUE);
    Optional<String> step = fields.text("step");
    Optional<Long> iteration = fields.integer("iteration", 0, Long.MAX_VALUE);
    Optional<RestartPolicy> policy = fields.text("policy").flatMap(word -> policy(fields, word));
    Map<String, ParamDefinition> params = fields.params("params");
    fields.refuseOthers();
    if (kind.filter(ScenarioAction.Kind.UNBLOCK::equals).isPresent()) {
      for (String field : List.of("run", "step", "iteration", "policy", "params")) {
        if (fields.has(field)) {
          fields.refuseField(field, "'unblock' to be of a workflow or an instance", "it has this");
        }
      }
    }
    if (iteration.isPresent() && step.isEmpty()) {
      fields.refuseField(
          "iteration", "an iteration to come with the step it is of", "there is no 'step'");
    }
    return at.isPresent() && kind.isPresent()
        ? Optional.of(
            new ScenarioAction(
                at.get(),
                kind.get(),
                workflow.orElse(null),
                instance.orElse(null),
                run.orElse(null),
                step.orElse(null),
                iteration.orElse(null),
                policy.orElse(null),
                params))
        : Optional.empty();
  }

  /** With {@code RESTART_} before it, as Maestro writes it, and without. */
  private static Optional<RestartPolicy> policy(SourceFields fields, String word) {
    String name = word.toUpperCase(Locale.ROOT).replaceFirst("^RESTART_", "");
    for (RestartPolicy policy : RestartPolicy.values()) {
      if (policy.name().equals(name)) {
        return Optional.of(policy);
      }
    }
    fields.refuse("policy", "one of " + List.of(RestartPolicy.values()));
    return Optional.empty();
  }

  private static Optional<ScenarioAction.Kind> kind(SourceFields fields, String word) {
    StringBuilder words = new StringBuilder();
    for (ScenarioAction.Kind kind : ScenarioAction.Kind.values()) {
      if (kind.word().equals(word)) {
        if (!kind.isSupported()) {
          fields.notYet("do", "'do: " + word + "'");
        }
        return Optional.of(kind);
      }
      words.append(words.length() == 0 ? "" : ", ").append(kind.word());
    }
    fields.refuse("do", "one of " + words);
    return Optional.empty();
  }
}
