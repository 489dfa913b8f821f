package io.millrace.cli;

import io.millrace.engine.simulation.play.SimulatedRun;
import io.millrace.engine.simulation.play.SimulatedStep;
import io.millrace.engine.simulation.play.SimulationResult;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulation as text for people: the runs, and their steps as a tree. */
final class SimulationText {
  private static final String INDENT = "  ";

  private SimulationText() {}

  static String of(SimulationResult result) {
    if (result.runs().isEmpty()) {
      return "No run was started." + System.lineSeparator();
    }
    return result.runs().stream()
        .map(SimulationText::root)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String root(SimulatedRun run) {
    String line = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    Long elapsed = run.elapsedMs();
    text.append(run.workflowId()).append('/').append(run.instance()).append(':').append(run.run());
    text.append(INDENT).append(run.status());
    if (elapsed != null) {
      text.append("  took ").append(DurationText.show(elapsed));
    }
    text.append(line);
    if (run.reason() != null) {
      text.append("reason: ").append(Printable.oneLine(run.reason())).append(line);
    }
    if (!run.leafCounts().isEmpty()) {
      text.append("leaf steps: ").append(counts(run)).append(line);
    }
    if (!run.steps().isEmpty()) {
      Table table = new Table("STEP", "STATUS", "ATTEMPTS", "STARTED", "ENDED", "NOTE");
      steps(table, run, "");
      text.append(table);
    }
    return text.toString();
  }

  private static String counts(SimulatedRun run) {
    return run.leafCounts().entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static void steps(Table table, SimulatedRun run, String indent) {
    run.steps()
        .forEach(
            (id, step) -> {
              row(table, indent + id, step);
              children(table, run, id, indent + INDENT);
            });
  }

  private static void row(Table table, String name, SimulatedStep step) {
    String waits = step.waitingFor();
    table.row(
        name,
        step.status().name(),
        Long.toString(step.attempts()),
        time(step.startedMs()),
        time(step.endedMs()),
        waits == null ? "" : waits);
  }

  private static void children(Table table, SimulatedRun run, String stepId, String indent) {
    long shown = 0;
    for (SimulatedRun child : run.children()) {
      if (stepId.equals(child.parentStep())) {
        shown++;
        Long iteration = child.iteration();
        String name =
            iteration == null ? child.workflowId() + "/" + child.instance() : "[" + iteration + "]";
        String reason = child.reason();
        table.row(indent + name, child.status().name(), "", "", "", reason == null ? "" : reason);
        steps(table, child, indent + INDENT);
      }
    }
    long more = run.childCounts().getOrDefault(stepId, 0L) - shown;
    if (more > 0) {
      table.row(indent + "and " + more + " more", "", "", "", "", "");
    }
  }

  private static String time(@Nullable Long millis) {
    return millis == null
        ? "-"
        : String.format(Locale.ROOT, "+%d.%03d", millis / 1_000, millis % 1_000);
  }
}
