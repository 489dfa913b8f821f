package io.millrace.cli;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks definitions, each as the first version of its workflow; needs no running system. */
@Command(name = "validate", description = "Checks definitions; needs no running system.")
final class ValidateVerb implements Callable<Integer> {
  @ParentCommand private Millrace parent = new Millrace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Push envelopes.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Output output =
        new Output(
            spec.commandLine().getOut(), spec.commandLine().getErr(), parent.options().json());
    List<DefinitionFile> texts =
        files.stream()
            .map(
                file ->
                    DefinitionFile.read(
                        file, message -> new ParameterException(spec.commandLine(), message)))
            .toList();
    DefinitionProblems found = new DefinitionProblems(output::line);
    boolean valid = true;
    for (DefinitionFile file : texts) {
      List<Problem> problems = DefinitionReader.readFirst(file.bytes()).problems();
      boolean good = problems.stream().noneMatch(each -> each.severity() == Problem.Severity.ERROR);
      valid &= good;
      found.add(file, problems);
      if (good) {
        output.line(file.name() + ": valid");
      }
    }
    output.document(found.document());
    return valid ? ExitStatus.DONE : ExitStatus.NO;
  }
}
