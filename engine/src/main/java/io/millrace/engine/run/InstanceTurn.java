package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.DefinitionRecord;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Document.Watcher;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Turn;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One turn of an instance's machine: its runs, opened and closed again. */
final class InstanceTurn {
  private final Turn turn;
  private final EngineLimits limits;
  private final DagCache dags;
  private final Language language;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;

  InstanceTurn(
      Turn turn,
      EngineLimits limits,
      DagCache dags,
      Language language,
      StepTypes types,
      Predicate<String> declaredQueues) {
    this.turn = turn;
    this.limits = limits;
    this.dags = dags;
    this.language = language;
    this.types = types;
    this.declaredQueues = declaredQueues;
  }

  Turn turn() {
    return turn;
  }

  EngineLimits limits() {
    return limits;
  }

  /** Goes on as far as the turn may, ends the run if it is over, and writes all down. */
  Decision close(OpenRun run, StepFlow flow) {
    flow.advance();
    if (run.stopping().isEmpty() && !RunEnd.isOver(run) && run.leaves().left() < 0) {
      stopTooLarge(run, flow);
    }
    run.publishSteps();
    boolean over = RunEnd.isOver(run);
    if (over) {
      RunEnd.end(run, RunEnd.status(run));
    }
    run.save();
    tellListeners(run, over);
    return turn.accepted();
  }

  /** Stops a tree that has more leaf steps than it may (Maestro semantics 2.10). */
  private static void stopTooLarge(OpenRun run, StepFlow flow) {
    String reason =
        "Expected at most "
            + run.limits().leaves()
            + " leaf steps in the tree of a run, but there are more.";
    run.reason(reason);
    run.stop(RunStatus.STOPPED);
    flow.endAll(StepStatus.STOPPED, reason);
    flow.advance();
  }

  private void tellListeners(OpenRun run, boolean over) {
    boolean watched = run.watchers().stream().anyMatch(watcher -> watcher.until() > turn.at());
    boolean followed = over && !run.followers().isEmpty();
    if (!watched && !followed) {
      return;
    }
    RunView view = RunViews.of(instance(), run.record(), run.leaves().all(), run::peek, waits(run));
    for (Watcher watcher : run.watchers()) {
      if (watcher.until() > turn.at()) {
        turn.reply(watcher.replyTo(), new Reply.RunTold(view, over));
      }
    }
    if (over) {
      for (ReplyTo follower : run.followers()) {
        turn.reply(follower, new Reply.RunTold(view, true));
      }
    }
  }

  RunView view(RunRecord record) {
    boolean over = record.status().isTerminal();
    return RunViews.of(
        instance(),
        record,
        Leaves.all(turn, record),
        stepId -> turn.find(OpenRun.stepKey(record.run(), stepId), StepRun.class),
        over ? step -> Optional.empty() : waits(open(record)));
  }

  /** Why a RUNNING step does not get on. */
  private Function<StepRun, Optional<String>> waits(OpenRun run) {
    StepFlow flow = flow(run);
    return step -> flow.work(step.stepId()).waitingFor(step);
  }

  @Nullable RunRecord latest() {
    return turn.exists() ? turn.get(OpenRun.key(turn.envelope().run()), RunRecord.class) : null;
  }

  OpenRun open(RunRecord record) {
    return new OpenRun(turn, limits, language, dag(record), record);
  }

  private Dag dag(RunRecord record) {
    return dags.get(
        record.definitionSha256(),
        () -> turn.get(InstanceMachine.DEFINITION, DefinitionRecord.class).text());
  }

  StepFlow flow(OpenRun run) {
    return new StepFlow(run, types, declaredQueues);
  }

  InstanceAddress instance() {
    return InstanceAddress.parse(turn.address().key())
        .orElseThrow(
            () -> new IllegalStateException("Expected an instance's address: " + turn.address()));
  }
}
