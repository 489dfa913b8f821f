package io.millrace.cli;

import io.millrace.definition.SourceFields;
import io.millrace.definition.SourceReader;
import io.millrace.definition.SourceReader.SourceReading;
import io.millrace.engine.simulation.play.SimulatedRun;
import io.millrace.engine.simulation.play.SimulationOptions;
import io.millrace.engine.simulation.play.SimulationResult;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A test of workflows: a scenario, the definitions it is about, and what is expected of the run.
 *
 * @param named the workflow that is started
 */
record TestFile(
    SimulatedDefinitions definitions,
    String named,
    Duration until,
    Scenario scenario,
    Expectation expectation) {

  /** What came of a test. */
  enum Verdict {
    PASSED,
    FAILED,
    /** It could not be run: a file is not there or not valid. */
    UNREADABLE
  }

  /**
   * A verdict with what there is to say of it.
   *
   * @param notes what the simulation told of the files and of what the scenario asked for in vain
   */
  record Result(Verdict verdict, List<String> differences, List<String> notes) {
    Result {
      differences = List.copyOf(differences);
      notes = List.copyOf(notes);
    }
  }

  /** Reads and runs a test. */
  static Result run(DefinitionFile file, Path path) {
    List<String> told = new ArrayList<>();
    SourceReading<TestFile> reading =
        SourceReader.read(file.bytes(), "the test", fields -> read(fields, path, told::add));
    if (!reading.problems().isEmpty()) {
      told.add(ProblemsText.of(file.name(), file.text(), reading.problems()).stripTrailing());
    }
    return reading
        .value()
        .flatMap(test -> test.differences(told::add))
        .map(
            differences ->
                new Result(
                    differences.isEmpty() ? Verdict.PASSED : Verdict.FAILED, differences, told))
        .orElseGet(() -> new Result(Verdict.UNREADABLE, told, List.of()));
  }

  private static Optional<TestFile> read(SourceFields fields, Path path, Consumer<String> told) {
    Optional<SimulatedDefinitions> found = definitions(fields, path, told);
    Optional<String> start = fields.text("start_workflow");
    Optional<Duration> until = fields.duration("until");
    Scenario scenario =
        ScenarioReader.read(
            fields, step -> found.map(definitions -> definitions.isInner(step)).orElse(false));
    Optional<Expectation> expectation = fields.object("expect").map(ExpectationReader::read);
    if (!fields.has("expect")) {
      fields.refuseObject("the test to have 'expect'", "it is not there");
    }
    fields.refuseOthers();
    if (found.isEmpty() || expectation.isEmpty()) {
      return Optional.empty();
    }
    String named = start.orElseGet(found.get()::last);
    if (!found.get().has(named)) {
      fields.refuse("start_workflow", "a workflow of the definitions");
    }
    return Optional.of(
        new TestFile(
            found.get(),
            named,
            until.orElse(SimulationOptions.DEFAULT_UNTIL),
            scenario,
            expectation.get()));
  }

  private static Optional<SimulatedDefinitions> definitions(
      SourceFields fields, Path path, Consumer<String> told) {
    List<String> names = fields.texts("definitions");
    if (names.isEmpty()) {
      fields.refuseObject("the test to name its 'definitions'", "there are none");
      return Optional.empty();
    }
    List<DefinitionFile> files = new ArrayList<>();
    for (String name : names) {
      try {
        files.add(DefinitionFile.read(path.resolveSibling(name), IllegalArgumentException::new));
      } catch (IllegalArgumentException e) {
        told.accept(String.valueOf(e.getMessage()));
      }
    }
    return files.size() == names.size()
        ? SimulatedDefinitions.read(files, new DefinitionProblems(told))
        : Optional.empty();
  }

  /** How the run is not as expected; empty if the engine does not take a definition. */
  private Optional<List<String>> differences(Consumer<String> told) {
    SimulationOptions options = new SimulationOptions(until, 0, SimulationOptions.DEFAULT_CHILDREN);
    return definitions
        .simulate(named, scenario, options, new DefinitionProblems(told))
        .map(
            result -> {
              result.notes().forEach(told);
              return meant(result)
                  .map(run -> Differences.of(expectation, run))
                  .orElse(List.of("Expected a run to be there, but none was started."));
            });
  }

  /** The latest run of the named workflow; of another if it has none. */
  private Optional<SimulatedRun> meant(SimulationResult result) {
    List<SimulatedRun> runs = result.runs();
    Optional<SimulatedRun> own =
        runs.stream().filter(run -> run.workflowId().equals(named)).reduce((a, b) -> b);
    return own.isPresent() || runs.isEmpty() ? own : Optional.of(runs.get(runs.size() - 1));
  }
}
