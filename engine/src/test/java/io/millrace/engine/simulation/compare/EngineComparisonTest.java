package io.millrace.engine.simulation.compare;

import io.millrace.definition.DefinitionReader;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.model.Case;
import io.millrace.engine.model.CaseText;
import io.millrace.engine.model.ModelComparison;
import io.millrace.engine.model.Result;
import io.millrace.engine.model.Result.Child;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.engine.model.Result.StepResult;
import io.millrace.engine.model.Simulator;
import io.millrace.engine.simulation.play.SimulatedRun;
import io.millrace.engine.simulation.play.Simulation;
import io.millrace.engine.simulation.play.SimulationOptions;
import io.millrace.engine.simulation.play.SimulationResult;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioReader;
import io.millrace.engine.wiring.SimulatedMachines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The engine does what the model does that was written from the specification alone. */
final class EngineComparisonTest extends ModelComparison {
  @Override
  protected Simulator simulator() {
    return EngineComparisonTest::run;
  }

  private static Result run(Case story) {
    Duration until = Duration.ofMillis(story.untilMs());
    EngineLimits limits =
        EngineLimits.DEFAULT
            .withRetention(until.plusDays(1), until.plusDays(1))
            .keepingIterations();
    byte[] text = CaseText.scenario(story).toString().getBytes(StandardCharsets.UTF_8);
    Scenario scenario =
        ScenarioReader.read(text, key -> false)
            .value()
            .orElseThrow(() -> new AssertionError("Expected the scenario to be read: " + story));
    Simulation simulation =
        new Simulation(
            SimulatedMachines.of(limits, scenario.outcomes()::containsKey),
            limits,
            scenario,
            new SimulationOptions(until, 0, Long.MAX_VALUE));
    for (String definition : story.definitions()) {
      simulation
          .push(workflowId(definition), definition)
          .ifPresent(
              refused -> {
                throw new AssertionError("Expected a push to be taken, but: " + refused);
              });
    }
    SimulationResult result = simulation.run(story.start());
    result.notes().stream()
        .filter(note -> note.contains("engine failed"))
        .findFirst()
        .ifPresent(
            bug -> {
              throw new AssertionError(bug + "\n" + CaseText.of(story));
            });
    return new Result(result.runs().stream().map(EngineComparisonTest::run).toList());
  }

  private static String workflowId(String definition) {
    return DefinitionReader.read(definition).push().orElseThrow().workflow().id();
  }

  private static RunResult run(SimulatedRun run) {
    Map<String, StepResult> steps = new LinkedHashMap<>();
    run.steps()
        .forEach(
            (id, step) ->
                steps.put(
                    id,
                    new StepResult(
                        step.status(), step.attempts(), step.startedMs(), step.endedMs())));
    return new RunResult(
        run.workflowId(),
        run.instance(),
        run.run(),
        run.status(),
        run.elapsedMs(),
        steps,
        run.leafCounts(),
        run.children().stream()
            .map(
                child ->
                    new Child(
                        Objects.requireNonNull(child.parentStep()), child.iteration(), run(child)))
            .toList());
  }
}
