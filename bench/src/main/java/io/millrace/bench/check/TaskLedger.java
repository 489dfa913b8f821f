package io.millrace.bench.check;

import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every dispatch id stands for one task body, has one accepted result, and the result answers that
 * body. Workers say which body they answer in the output {@link Workflows#ECHO}.
 */
final class TaskLedger {
  private final Map<String, Task> tasks = new HashMap<>();
  private final Map<String, Set<String>> dispatchesOfAttempt = new HashMap<>();
  private final Set<String> bodies = new HashSet<>();
  private final Map<String, List<Report>> results = new HashMap<>();
  private final Set<String> dispatched = new HashSet<>();
  private final Map<String, StepStatus> accepted = new HashMap<>();
  private final Findings findings;

  TaskLedger(Findings findings) {
    this.findings = findings;
  }

  void task(Task task) {
    findings.count("task records", 1);
    bodies.add(body(task.runUuid(), task.stepId(), task.attempt(), LoadWorker.digest(task)));
    String attempt = task.dispatchId().substring(0, task.dispatchId().indexOf('#'));
    dispatchesOfAttempt.computeIfAbsent(attempt, a -> new HashSet<>()).add(task.dispatchId());
    Task before = tasks.putIfAbsent(task.dispatchId(), task);
    if (before != null && !before.equals(task)) {
      findings.broken("Two bodies: " + task.dispatchId() + ".");
    }
  }

  void report(Report report) {
    findings.count("report records", 1);
    if (report.kind() == Report.Kind.SUCCEEDED || report.kind() == Report.Kind.FAILED) {
      results.computeIfAbsent(report.dispatchId(), id -> new ArrayList<>()).add(report);
    }
  }

  void changed(TimelineEvent.StepStatusChanged change) {
    String dispatchId = change.dispatchId();
    if (dispatchId == null) {
      return;
    }
    if (change.statuses().contains(StepStatus.RUNNING)) {
      dispatched.add(dispatchId);
    }
    // One event tells all of one turn: a failure that is then ignored is one result.
    StepStatus status = change.statuses().get(change.statuses().size() - 1);
    if (status.isTerminal() || status.isRetrying()) {
      StepStatus before = accepted.putIfAbsent(dispatchId, status);
      if (before != null) {
        findings.broken("Two results: " + dispatchId + " is " + before + " and " + status + ".");
      }
    }
  }

  /** The outputs of an ended run, as its reply tells them. */
  void ended(RunView run) {
    for (RunView.StepView step : run.steps()) {
      boolean answered = step.status() == StepStatus.SUCCEEDED;
      if (answered && step.params().get(Workflows.ECHO) instanceof ParamValue.Text echo) {
        findings.count("accepted outputs compared with their task", 1);
        if (!bodies.contains(body(run.runUuid(), step.stepId(), step.attempts(), echo.value()))) {
          findings.broken(
              "Foreign answer: step "
                  + step.stepId()
                  + " of "
                  + run.run()
                  + " ("
                  + run.runUuid()
                  + ") was given "
                  + echo.value()
                  + ".");
        }
      }
    }
  }

  void end() {
    findings.count("dispatch ids on the timeline", dispatched.size());
    findings.count("dispatch ids with an accepted result", accepted.size());
    findings.count(
        "attempts given out again after a crash undid them (same address, other dispatch id)",
        dispatchesOfAttempt.values().stream().filter(ids -> ids.size() > 1).count());
    findings.count(
        "results that came more than once",
        results.values().stream().filter(reports -> reports.size() > 1).count());
    for (String dispatchId : dispatched) {
      if (!tasks.containsKey(dispatchId)) {
        findings.broken("Lost: the task of " + dispatchId + " was never sent.");
      }
      if (!accepted.containsKey(dispatchId)) {
        findings.broken("No result: " + dispatchId + ".");
      }
    }
    accepted.forEach(this::fitsReport);
    results.values().forEach(reports -> reports.forEach(this::fitsTask));
  }

  private void fitsReport(String dispatchId, StepStatus status) {
    Report.Kind wanted =
        switch (status) {
          case SUCCEEDED -> Report.Kind.SUCCEEDED;
          case USER_FAILED, FATALLY_FAILED, COMPLETED_WITH_ERROR -> Report.Kind.FAILED;
          default -> null;
        };
    boolean reported =
        wanted == null
            || results.getOrDefault(dispatchId, List.of()).stream()
                .anyMatch(report -> report.kind() == wanted);
    if (!reported) {
      findings.broken("Made up: " + dispatchId + " is " + status + " without such a report.");
    }
  }

  private void fitsTask(Report report) {
    Task task = tasks.get(report.dispatchId());
    boolean foreign =
        task != null
            && report.outputs().get(Workflows.ECHO) instanceof ParamValue.Text echo
            && !echo.value().equals(LoadWorker.digest(task));
    if (foreign) {
      findings.broken("Foreign report: " + report.dispatchId() + " answers another task.");
    }
  }

  private static String body(String runUuid, String stepId, long attempt, String digest) {
    return runUuid + " " + stepId + " " + attempt + " " + digest;
  }
}
