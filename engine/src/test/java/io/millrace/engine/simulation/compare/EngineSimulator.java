package io.millrace.engine.simulation.compare;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machines;
import io.millrace.engine.model.Case;
import io.millrace.engine.model.CaseText;
import io.millrace.engine.model.Result;
import io.millrace.engine.model.Result.Child;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.engine.model.Result.StepResult;
import io.millrace.engine.model.Simulator;
import io.millrace.engine.simulation.Reload;
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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The engine in memory, as the simulate command runs it. */
public final class EngineSimulator implements Simulator {
  private final Host host;

  private EngineSimulator(Host host) {
    this.host = host;
  }

  /** Machines that go on from turn to turn and keep what they remember for themselves. */
  public static EngineSimulator keeping() {
    return new EngineSimulator(Host.KEEPING);
  }

  /**
   * A crash after every turn: each is taken by new machines with empty caches, out of what is left
   * of what others stored and sent.
   */
  public static EngineSimulator crashing(Reload reload) {
    return new EngineSimulator(new Host(made -> made, reload));
  }

  /** As this one, with its machines in others. */
  EngineSimulator within(UnaryOperator<Machines> others) {
    return new EngineSimulator(
        new Host(made -> host.machines().apply(() -> others.apply(made.get())), host.reload()));
  }

  /**
   * Where machines live.
   *
   * @param machines out of a supplier of new ones, what is asked for the machines of each turn
   */
  record Host(UnaryOperator<Supplier<Machines>> machines, Reload reload) {
    static final Host KEEPING =
        new Host(
            made -> {
              Machines kept = made.get();
              return () -> kept;
            },
            Reload.NONE);
  }

  @Override
  public Result run(Case story) {
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
            host.machines()
                .apply(() -> SimulatedMachines.of(limits, scenario.outcomes()::containsKey)),
            limits,
            scenario,
            new SimulationOptions(until, 0, Long.MAX_VALUE),
            host.reload());
    for (String definition : story.definitions()) {
      simulation
          .push(CaseText.workflowId(definition), definition)
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
    return new Result(result.runs().stream().map(EngineSimulator::told).toList());
  }

  private static RunResult told(SimulatedRun run) {
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
                        Objects.requireNonNull(child.parentStep()), child.iteration(), told(child)))
            .toList());
  }
}
