package io.millrace.cli;

import io.millrace.address.RunAddress;
import io.millrace.param.ParamDefinition;
import io.millrace.protocol.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the verbs that talk to the running system have in common. */
abstract class OnlineVerb implements Callable<Integer> {
  @ParentCommand private Millrace parent = new Millrace();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Does the verb's work; returns the exit status. */
  abstract int run(Link link, Output output) throws NotReached;

  @Override
  public final Integer call() {
    GlobalOptions options = parent.options();
    Output output =
        new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), options.json());
    check();
    try {
      return run(Link.of(options, System.getenv()), output);
    } catch (NotReached e) {
      return output.notReached(e);
    }
  }

  /** Checks the usage before anything is reached. */
  void check() {}

  final ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Reads the values of {@code -p}, each {@code name=value}. */
  final Map<String, ParamDefinition> readParams(List<String> texts) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw wrongUsage("Expected -p to be followed by name=value, but found '" + text + "'.");
      }
      String name = text.substring(0, equals);
      Reading<ParamDefinition> value = ParamText.parse(text.substring(equals + 1));
      ParamDefinition read =
          value
              .value()
              .orElseThrow(() -> wrongUsage("-p " + name + ": " + value.problem().orElse("")));
      if (params.put(name, read) != null) {
        throw wrongUsage("Expected every param once, but found '" + name + "' twice.");
      }
    }
    return params;
  }

  /** Refuses a RUN that is no address of a workflow's instance or one of its runs. */
  final RunAddress requireRun(String text) {
    Optional<RunAddress> run = RunAddress.parse(text);
    return run.orElseThrow(
        () ->
            wrongUsage(
                "Expected RUN to be an address such as retail-etl/7, but found '" + text + "'."));
  }

  /** Refuses what is neither a run's address nor a workflow's id. */
  final void requireTarget(String text) {
    if (text.isBlank() || text.indexOf('/') >= 0) {
      requireRun(text);
    }
  }
}
