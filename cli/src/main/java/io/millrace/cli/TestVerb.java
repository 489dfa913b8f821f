package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Simulates what test files say, and compares with what they expect. */
@Command(
    name = "test",
    description = {
      "Runs tests of workflows in memory; needs no running system.",
      "Exit status 0 if all pass, 1 if one fails, 2 if one can't be read."
    })
final class TestVerb implements Callable<Integer> {
  @ParentCommand private Millrace parent = new Millrace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Scenarios with 'definitions' and 'expect'.")
  private List<Path> files = List.of();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write a JUnit report for a CI system.")
  private @Nullable Path junit;

  @Override
  public Integer call() {
    Output output =
        new Output(
            spec.commandLine().getOut(), spec.commandLine().getErr(), parent.options().json());
    Map<String, TestFile.Result> results = new LinkedHashMap<>();
    for (Path path : files) {
      DefinitionFile file = DefinitionFile.read(path, this::wrongUsage);
      TestFile.Result result = TestFile.run(file, path);
      results.put(file.name(), result);
      tell(output, file.name(), result);
    }
    output.document(document(results));
    if (junit != null) {
      write(junit, JUnitReport.of(results));
    }
    return status(results);
  }

  private static void tell(Output output, String file, TestFile.Result result) {
    switch (result.verdict()) {
      case PASSED -> output.line(file + ": ok");
      case FAILED -> {
        output.line(file + ": FAILED");
        result.differences().forEach(difference -> output.line("  " + difference));
      }
      case UNREADABLE -> {
        output.line(file + ": can't be run");
        result.differences().forEach(output::note);
      }
    }
    result.notes().forEach(output::note);
  }

  private static ArrayNode document(Map<String, TestFile.Result> results) {
    ArrayNode document = Output.mapper().createArrayNode();
    results.forEach(
        (file, result) -> {
          ObjectNode node =
              document.addObject().put("file", file).put("result", result.verdict().name());
          result.differences().forEach(node.putArray("differences")::add);
        });
    return document;
  }

  private static int status(Map<String, TestFile.Result> results) {
    int status = ExitStatus.DONE;
    for (TestFile.Result result : results.values()) {
      status =
          Math.max(
              status,
              switch (result.verdict()) {
                case PASSED -> ExitStatus.DONE;
                case FAILED -> ExitStatus.NO;
                case UNREADABLE -> ExitStatus.USAGE;
              });
    }
    return status;
  }

  private void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrongUsage("Expected --junit to name a file that can be written, but failed: " + e);
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
