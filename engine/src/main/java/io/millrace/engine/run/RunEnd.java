package io.millrace.engine.run;

import io.millrace.engine.Document.LeafCounts;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Effect;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.Turn;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run is over and how it ended (Maestro semantics 3.3), and what happens then: the workflow
 * is told, followers are answered, retention begins.
 */
final class RunEnd {
  /** The one timer of an instance whose run has ended. */
  static final String RETENTION = "retention";

  private RunEnd() {}

  /**
   * Whether nothing can happen any more: no step is open, and none waits to be created. What was
   * not created by then lies behind a failed, stopped or timed-out step.
   */
  static boolean isOver(OpenRun run) {
    return run.open() == 0 && run.work().isEmpty();
  }

  /** The status a run that is over ends with. */
  static RunStatus status(OpenRun run) {
    RunStatus stopping = run.stopping().orElse(null);
    if (stopping == RunStatus.TIMED_OUT) {
      return RunStatus.TIMED_OUT;
    }
    if (run.ended(StepStatus.FATALLY_FAILED) + run.ended(StepStatus.INTERNALLY_FAILED) > 0) {
      return RunStatus.FAILED;
    }
    if (stopping != null) {
      return stopping;
    }
    if (run.ended(StepStatus.TIMED_OUT) > 0) {
      return RunStatus.TIMED_OUT;
    }
    return run.ended(StepStatus.STOPPED) > 0 ? RunStatus.STOPPED : RunStatus.SUCCEEDED;
  }

  /** Ends the run. An iteration that succeeded keeps nothing: its parent has its exports. */
  static void end(OpenRun run, RunStatus status) {
    Turn turn = run.turn();
    run.end(status, aggregated(run, status));
    turn.clearTimers();
    turn.remove(InstanceMachine.DEFINITION);
    publish(turn, run.record(), List.of(status));
    if (run.instance().isWorkflowInstance()) {
      turn.setTimer(RETENTION, turn.at() + run.limits().instanceRetention().toMillis());
      turn.send(
          MachineAddress.workflow(turn.envelope().workflowId()),
          new Message.RunEnded(run.instance().instance(), run.record().run(), status));
      turn.note(note(status));
    }
    Parent parent = run.record().parent();
    if (parent != null && parent.sync()) {
      RunStatus aggregated = run.record().aggregated();
      LeafCounts leaves = run.leaves().all();
      turn.send(
          new MachineAddress(MachineAddress.Kind.INSTANCE, parent.address()),
          new Message.ChildEnded(
              parent.stepId(),
              parent.run(),
              parent.attempt(),
              turn.address().key(),
              run.record().run(),
              aggregated == null ? status : aggregated,
              run.record().reason(),
              leaves.counts(),
              exports(run, parent),
              leaves.failing()));
    }
    turn.changeEnvelope(Envelope::withEnded);
    if (!run.instance().isWorkflowInstance()
        && RunStart.keptNothing(run.record())
        && !run.limits().keepsIterations()) {
      // What has failed below it, and was ignored, has nobody else to tell it that it can go.
      run.saveLoops();
      new Retention(turn, run.instance(), Integer.MAX_VALUE, false).tellBelow(run.record());
      turn.forget();
    }
  }

  /**
   * The instance's status over all its runs, if it is another than that of this run: a restart that
   * succeeded has put right what it ran, and no more (Maestro semantics 3.4).
   */
  private static @Nullable RunStatus aggregated(OpenRun run, RunStatus status) {
    if (run.record().plan() == null || status != RunStatus.SUCCEEDED) {
      return null;
    }
    Set<StepStatus> latest = EnumSet.noneOf(StepStatus.class);
    for (String stepId : run.dag().stepIds()) {
      latest.add(run.latest(stepId).map(StepRun::status).orElse(StepStatus.NOT_CREATED));
    }
    if (latest.contains(StepStatus.FATALLY_FAILED)
        || latest.contains(StepStatus.INTERNALLY_FAILED)) {
      return RunStatus.FAILED;
    }
    if (latest.contains(StepStatus.TIMED_OUT)) {
      return RunStatus.TIMED_OUT;
    }
    if (latest.contains(StepStatus.STOPPED)) {
      return RunStatus.STOPPED;
    }
    return latest.contains(StepStatus.NOT_CREATED) ? run.before() : null;
  }

  /** What the parent reads of the run's steps; {@code ""} stands for whichever was created last. */
  private static Map<String, Map<String, ParamValue>> exports(OpenRun run, Parent parent) {
    Map<String, Map<String, ParamValue>> exports = new LinkedHashMap<>();
    for (Parent.Export export : parent.exports()) {
      String wanted = export.stepId();
      List<String> steps = wanted == null ? inOrder(run) : List.of(wanted);
      for (String stepId : steps) {
        run.latest(stepId)
            .flatMap(step -> run.scope().param(step, export.param()))
            .ifPresent(
                value ->
                    exports
                        .computeIfAbsent(wanted == null ? "" : wanted, id -> new LinkedHashMap<>())
                        .put(export.param(), value));
      }
    }
    return exports;
  }

  /** The steps that a restart left as they were, then those of this run, as they were created. */
  private static List<String> inOrder(OpenRun run) {
    List<String> steps =
        new ArrayList<>(
            run.record().earlier().keySet().stream()
                .filter(stepId -> !run.isInScope(stepId))
                .toList());
    steps.addAll(run.steps());
    return steps;
  }

  static void publish(Turn turn, RunRecord record, List<RunStatus> statuses) {
    turn.publish(
        new TimelineEvent.RunStatusChanged(
            turn.envelope().workflowId(),
            turn.address().key() + ":" + record.run(),
            record.runUuid(),
            record.requestId(),
            statuses,
            record.reason()));
  }

  private static Effect.Note.Kind note(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> Effect.Note.Kind.RUN_SUCCEEDED;
      case STOPPED -> Effect.Note.Kind.RUN_STOPPED;
      case TIMED_OUT -> Effect.Note.Kind.RUN_TIMED_OUT;
      case FAILED, CREATED, IN_PROGRESS, PAUSED -> Effect.Note.Kind.RUN_FAILED;
    };
  }
}
