package io.millrace.cli;

import io.millrace.protocol.Reply.WorkflowTold;
import io.millrace.protocol.RunView;
import io.millrace.protocol.RunView.StepView;
import io.millrace.protocol.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs and workflows as text for people. */
final class RunText {
  private static final String NONE = "-";

  private RunText() {}

  static String run(RunView run) {
    StringBuilder text = new StringBuilder();
    String line = System.lineSeparator();
    text.append(headline(run)).append(line);
    text.append("created ").append(Instant.ofEpochMilli(run.createdAt()));
    text.append(", run ").append(run.runUuid()).append(line);
    if (run.reason() != null) {
      text.append("reason: ").append(Printable.oneLine(run.reason())).append(line);
    }
    if (run.waitingFor() != null) {
      text.append("waiting: ").append(Printable.oneLine(run.waitingFor())).append(line);
    }
    if (!run.params().isEmpty()) {
      text.append("params: ").append(ParamText.show(run.params())).append(line);
    }
    if (!run.steps().isEmpty()) {
      Table table = new Table("STEP", "STATUS", "ATTEMPTS", "TOOK", "NOTE");
      for (StepView step : run.steps()) {
        table.row(
            step.stepId(),
            step.status().name(),
            Long.toString(step.attempts()),
            took(step.startedAt(), step.endedAt()),
            note(step));
      }
      text.append(line).append(table);
    }
    if (!run.failing().isEmpty()) {
      text.append(line).append("failing: ").append(String.join(", ", run.failing())).append(line);
    }
    return text.toString();
  }

  static String headline(RunView run) {
    String took = took(run.startedAt(), run.endedAt());
    return run.run()
        + "  "
        + run.status()
        + "  version "
        + run.version()
        + (took.equals(NONE) ? "" : "  took " + took);
  }

  /** What is worth knowing of a step beside its status: why it waits, or what happened last. */
  static String note(StepView step) {
    StringBuilder note = new StringBuilder();
    if (step.waitingFor() != null) {
      add(note, step.waitingFor());
    }
    if (step.progress() != null && step.status() == StepStatus.RUNNING) {
      add(note, Math.round(step.progress() * 100) + " %");
    }
    if (step.message() != null) {
      add(note, step.message());
    }
    if (step.link() != null) {
      add(note, step.link());
    }
    return note.toString();
  }

  private static void add(StringBuilder note, String text) {
    if (note.length() > 0) {
      note.append(note.charAt(note.length() - 1) == '.' ? " " : "; ");
    }
    note.append(text);
  }

  private static String took(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null ? NONE : DurationText.show(to - from);
  }

  static String workflow(WorkflowTold told) {
    Long active = told.activeVersion();
    String line = System.lineSeparator();
    return told.workflowId()
        + "  owner "
        + Printable.oneLine(told.owner())
        + "  "
        + told.runStrategy()
        + line
        + "versions: latest "
        + told.latestVersion()
        + ", active "
        + (active == null ? "none" : active)
        + line
        + "runs: "
        + told.running()
        + " in progress, "
        + told.queued()
        + " queued; last instance "
        + (told.lastInstance() == 0 ? "none" : told.workflowId() + "/" + told.lastInstance())
        + line;
  }
}
