package io.millrace.cli;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Problem;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.simulation.play.Simulation;
import io.millrace.engine.simulation.play.SimulationOptions;
import io.millrace.engine.simulation.play.SimulationResult;
import io.millrace.engine.simulation.play.StepKinds;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.wiring.SimulatedMachines;
import io.millrace.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Valid definitions that a simulation pushes, in order. */
final class SimulatedDefinitions {
  private final List<Pushed> pushed;

  private SimulatedDefinitions(List<Pushed> pushed) {
    this.pushed = List.copyOf(pushed);
  }

  private record Pushed(
      String workflow, DefinitionFile file, StepKinds kinds, List<Problem> unsupported) {}

  /** Reads the files; empty if any is invalid. */
  static Optional<SimulatedDefinitions> read(
      List<DefinitionFile> files, DefinitionProblems problems) {
    List<Pushed> pushed = new ArrayList<>();
    Set<String> known = new HashSet<>();
    boolean valid = true;
    for (DefinitionFile file : files) {
      DefinitionReading reading = DefinitionReader.read(file.bytes());
      if (reading.push().map(push -> known.add(push.workflow().id())).orElse(false)) {
        reading = DefinitionReader.readFirst(file.bytes());
      }
      problems.add(file, reading.problems());
      List<Problem> unsupported = reading.unsupported();
      valid &= reading.push().isPresent();
      reading
          .push()
          .ifPresent(
              push ->
                  pushed.add(
                      new Pushed(
                          push.workflow().id(), file, StepKinds.of(push.workflow()), unsupported)));
    }
    return valid ? Optional.of(new SimulatedDefinitions(pushed)) : Optional.empty();
  }

  private static String leftOut(DefinitionFile file, List<Problem> unsupported) {
    List<String> parts =
        unsupported.stream()
            .map(part -> part.path() + " (line " + part.line() + ")")
            .distinct()
            .toList();
    return Printable.oneLine(
        file.name()
            + ": simulated without what this release does not support yet: "
            + String.join(", ", parts)
            + ".");
  }

  /** Whether a step of this id is a loop or a subworkflow wherever there is one. */
  boolean isInner(String stepId) {
    List<StepKinds> having = having(stepId);
    return !having.isEmpty()
        && having.stream().noneMatch(kinds -> kinds.kind(stepId) == StepKinds.Kind.LEAF);
  }

  private List<StepKinds> having(String stepId) {
    return pushed.stream().map(Pushed::kinds).filter(kinds -> kinds.has(stepId)).toList();
  }

  /** The workflow that is started unless another one is named: that of the last file. */
  String last() {
    return pushed.get(pushed.size() - 1).workflow();
  }

  boolean has(String workflow) {
    return pushed.stream().anyMatch(one -> one.workflow().equals(workflow));
  }

  /**
   * Plays a scenario; empty if the engine does not take a definition, with the reason in the
   * problems. What it takes but leaves out, because this release can't run it, is told as well.
   */
  Optional<SimulationResult> simulate(
      String named, Scenario scenario, SimulationOptions options, DefinitionProblems problems) {
    for (String stepId : scenario.outcomes().keySet()) {
      if (having(stepId).isEmpty()) {
        problems.note(
            "Expected '"
                + Printable.oneLine(stepId)
                + "' in the scenario's steps to be a step, but no definition has it.");
      }
    }
    EngineLimits limits = limits(options.until());
    Simulation simulation =
        new Simulation(
            SimulatedMachines.of(limits, scenario.outcomes()::containsKey),
            limits,
            scenario,
            options);
    for (Pushed one : pushed) {
      Optional<Reply.Refused> refused = simulation.push(one.workflow(), one.file().text());
      if (refused.isPresent()) {
        problems.refused(one.file(), refused.get());
        return Optional.empty();
      }
      if (!one.unsupported().isEmpty()) {
        problems.note(leftOut(one.file(), one.unsupported()));
      }
    }
    return Optional.of(simulation.run(named));
  }

  /** Nothing is forgotten before the simulation is over. */
  private static EngineLimits limits(Duration until) {
    Duration kept = until.plusDays(1);
    return EngineLimits.DEFAULT.withRetention(kept, kept).keepingIterations();
  }
}
