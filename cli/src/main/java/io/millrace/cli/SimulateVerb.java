package io.millrace.cli;

import io.millrace.definition.SourceFields;
import io.millrace.definition.SourceReader;
import io.millrace.definition.SourceReader.SourceReading;
import io.millrace.engine.simulation.play.SimulationOptions;
import io.millrace.engine.simulation.play.SimulationResult;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioReader;
import io.millrace.param.ParamDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs workflows with the real engine, in memory and on virtual time. */
@Command(
    name = "simulate",
    description = {
      "Runs a workflow in memory, on virtual time; needs no running system.",
      "Exit status 0 if the run succeeded, 1 if not or if a definition is not valid,",
      "2 if the scenario or the params are not."
    })
final class SimulateVerb implements Callable<Integer> {
  @ParentCommand private Millrace parent = new Millrace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Definitions; they are pushed in this order.")
  private List<Path> files = List.of();

  @Option(
      names = "--start",
      paramLabel = "WORKFLOW_ID",
      description = "The workflow to start; that of the last FILE by default.")
  private @Nullable String start;

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "Params of the run: an object of name and value.")
  private @Nullable Path params;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "What the outside world does: JSON or YAML.")
  private @Nullable Path scenario;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = UntilText.class,
      description = "How much virtual time passes at the most; default 365 days.")
  private Duration until = SimulationOptions.DEFAULT_UNTIL;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes other uuids, and with them other random values; default 0.")
  private long seed;

  @Option(names = "--all", description = "Print all children of a step, not only the first 1000.")
  private boolean all;

  @Override
  public Integer call() {
    Output output =
        new Output(
            spec.commandLine().getOut(), spec.commandLine().getErr(), parent.options().json());
    DefinitionProblems problems = new DefinitionProblems(output::note);
    Optional<SimulatedDefinitions> definitions =
        SimulatedDefinitions.read(files.stream().map(this::file).toList(), problems);
    if (definitions.isEmpty()) {
      return refused(output, problems);
    }
    String named = start == null ? definitions.get().last() : start;
    if (!definitions.get().has(named)) {
      throw wrongUsage(
          "Expected --start to name a workflow of the files, but '" + named + "' is not there.");
    }
    Optional<Scenario> played = scenario(definitions.get(), output);
    if (played.isEmpty()) {
      return ExitStatus.USAGE;
    }
    SimulationOptions options =
        new SimulationOptions(
            until, seed, all ? Long.MAX_VALUE : SimulationOptions.DEFAULT_CHILDREN);
    Optional<SimulationResult> result =
        definitions.get().simulate(named, played.get(), options, problems);
    if (result.isEmpty()) {
      return refused(output, problems);
    }
    result.get().notes().forEach(output::note);
    output.document(SimulationJson.of(result.get(), played.get().start()));
    output.text(SimulationText.of(result.get()));
    return result.get().succeeded() ? ExitStatus.DONE : ExitStatus.NO;
  }

  private static int refused(Output output, DefinitionProblems problems) {
    output.document(problems.refusal());
    return ExitStatus.NO;
  }

  /** The scenario with the params beside it; empty if one of them is wrong. */
  private Optional<Scenario> scenario(SimulatedDefinitions definitions, Output output) {
    Optional<Scenario> written =
        scenario == null
            ? Optional.of(Scenario.DEFAULT)
            : read(
                scenario, file -> ScenarioReader.read(file.bytes(), definitions::isInner), output);
    Optional<Map<String, ParamDefinition>> given =
        params == null
            ? Optional.of(Map.of())
            : read(
                params,
                file ->
                    SourceReader.read(
                        file.bytes(),
                        "the params",
                        (SourceFields fields) -> Optional.of(fields.asParams())),
                output);
    return written.flatMap(scenario -> given.map(scenario::withParams));
  }

  private <T> Optional<T> read(Path path, Reader<T> reader, Output output) {
    DefinitionFile file = file(path);
    SourceReading<T> reading = reader.read(file);
    if (!reading.problems().isEmpty()) {
      output.note(ProblemsText.of(file.name(), file.text(), reading.problems()).stripTrailing());
    }
    return reading.value();
  }

  private interface Reader<T> {
    SourceReading<T> read(DefinitionFile file);
  }

  private DefinitionFile file(Path path) {
    return DefinitionFile.read(path, this::wrongUsage);
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
