package io.millrace.cli;

import io.millrace.address.RunAddress;
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
