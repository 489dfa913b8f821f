package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioReader;
import io.millrace.engine.wiring.SimulatedMachines;
import io.millrace.param.ParamValue;
import io.millrace.protocol.StepStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Definitions that are pushed, and scenarios played on them; the last one is started. */
final class Played {
  private static final EngineLimits LIMITS =
      EngineLimits.DEFAULT
          .withRetention(Duration.ofDays(1_000), Duration.ofDays(1_000))
          .keepingIterations();

  private final Map<String, String> definitions = new LinkedHashMap<>();

  /** To be pushed before the scenario is played. */
  Played push(String id, String text) {
    definitions.put(id, text);
    return this;
  }

  SimulationResult simulate(String scenario) {
    return simulate(scenario, Duration.ofDays(365));
  }

  SimulationResult simulate(String scenario, Duration until) {
    Scenario read =
        ScenarioReader.read(scenario.getBytes(StandardCharsets.UTF_8), step -> false)
            .value()
            .orElseThrow();
    Simulation simulation =
        new Simulation(
            SimulatedMachines.of(LIMITS, read.outcomes()::containsKey),
            LIMITS,
            read,
            new SimulationOptions(until, 0, 1_000));
    String last = "";
    for (Map.Entry<String, String> definition : definitions.entrySet()) {
      assertThat(simulation.push(definition.getKey(), definition.getValue())).isEmpty();
      last = definition.getKey();
    }
    return simulation.run(last);
  }

  // ---- what came of it

  static SimulatedRun last(SimulationResult result) {
    return result.runs().get(result.runs().size() - 1);
  }

  static StepStatus status(SimulatedRun run, String step) {
    return Objects.requireNonNull(run.steps().get(step)).status();
  }

  /** A param of a step: a text or a number. */
  static Object param(SimulatedRun run, String step, String name) {
    ParamValue value = Objects.requireNonNull(run.steps().get(step)).params().get(name);
    if (value instanceof ParamValue.Text text) {
      return text.value();
    }
    assertThat(value).isInstanceOf(ParamValue.Int.class);
    return ((ParamValue.Int) value).value();
  }
}
