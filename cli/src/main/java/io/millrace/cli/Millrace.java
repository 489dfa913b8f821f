package io.millrace.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code millrace} command; its verbs are classes of their own. */
@Command(
    name = "millrace",
    description = "Pushes, starts and watches workflows.",
    version = "millrace 0.1.0",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions, before or after the verb:%n",
    footerHeading = "%n",
    footer = {
      "RUN is an address: retail-etl/7 (its latest run) or retail-etl/7:2 (its second",
      "run); retail-etl/7/per-shop/3 is iteration 3, from 0, of its loop per-shop.",
      "Exit status: 0 done, 1 the answer is no, 2 wrong usage, 3 the system could not be reached."
    },
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    exitCodeOnExecutionException = ExitStatus.NOT_REACHED,
    subcommands = {
      PushVerb.class,
      StartVerb.class,
      ShowVerb.class,
      WatchVerb.class,
      TimelineVerb.class,
      StopVerb.class,
      KillVerb.class,
      RestartVerb.class,
      SkipVerb.class,
      UnblockVerb.class,
      ValidateVerb.class,
      EvalVerb.class,
      SimulateVerb.class,
      TestVerb.class
    })
public final class Millrace implements Runnable {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  @SuppressWarnings("UnusedVariable") // Picocli reads it.
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    Charset charset = StandardCharsets.UTF_8;
    System.exit(
        commandLine()
            .setOut(new PrintWriter(System.out, true, charset))
            .setErr(new PrintWriter(System.err, true, charset))
            .execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Millrace());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, DurationText::parse);
    return line;
  }

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected a verb, but got none.");
  }
}
