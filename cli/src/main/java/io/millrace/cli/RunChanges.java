package io.millrace.cli;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.RunView.StepView;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what is new in each view of a run since the one before, one change a line. */
final class RunChanges {
  private final Map<String, String> steps = new HashMap<>();
  private @Nullable RunStatus status;
  private @Nullable String waitingFor;

  /** The changes, or nothing; the first view of a run is all new. */
  String next(RunView run) {
    StringBuilder text = new StringBuilder();
    boolean waits = run.waitingFor() != null && !run.waitingFor().equals(waitingFor);
    if (run.status() != status || waits) {
      status = run.status();
      waitingFor = run.waitingFor();
      line(text, run.run(), run.status().name(), waitingFor == null ? "" : waitingFor);
    }
    for (StepView step : run.steps()) {
      String attempt = step.attempts() > 1 ? " (attempt " + step.attempts() + ")" : "";
      String state = step.status() + attempt;
      String note = RunText.note(step);
      if (!(state + note).equals(steps.put(step.stepId(), state + note))) {
        line(text, step.stepId(), state, note);
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String state, String note) {
    String line = String.format(Locale.ROOT, "%-24s  %-28s  %s", what, state, note);
    text.append(Printable.oneLine(line).stripTrailing()).append(System.lineSeparator());
  }
}
