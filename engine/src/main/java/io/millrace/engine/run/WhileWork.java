package io.millrace.engine.run;

import io.millrace.definition.WhileStep;
import io.millrace.engine.Document.LoopValues;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Message;
import io.millrace.engine.Parent.Export;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.run.StepScope.Evaluated;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A while runs one iteration after the other as long as its condition holds (Maestro semantics
 * 2.9). After one that succeeded, each loop param takes the value of a param of the same name of
 * the step that was created last in the iteration, if any has one.
 */
final class WhileWork implements StepWork {
  private final StepFlow flow;
  private final OpenRun run;
  private final WhileStep definition;
  private final ChildWork children;

  WhileWork(StepFlow flow, WhileStep definition) {
    this.flow = flow;
    this.run = flow.run();
    this.definition = definition;
    this.children = new ChildWork(flow, definition);
  }

  @Override
  public void begin(StepDraft draft) {
    if (children.isTooDeep()) {
      new StepFailures(flow).fatally(draft, children.tooDeep());
      return;
    }
    Map<String, ParamValue> first = LoopParamValues.of(draft.params()).orElse(Map.of());
    Optional<String> unfit = unfit(first);
    if (unfit.isPresent()) {
      new StepFailures(flow).fatally(draft, unfit.get());
      return;
    }
    LoopRestart restart = LoopRestart.of(run, draft);
    Optional<LoopDraft> kept = restart.kept(run, draft.stepId());
    draft.to(StepStatus.RUNNING);
    if (kept.isPresent() && kept.get().total > 0) {
      again(draft, kept.get(), restart);
      return;
    }
    LoopDraft loop =
        LoopDraft.fresh(
            run.turn(), draft.stepId(), run.record().run(), draft.attempt(), 0, listed(first));
    draft.since(loop);
    run.put(draft.stepId(), loop);
    next(draft, loop);
  }

  @Override
  public void goOn(StepDraft draft) {
    if (draft.ending() != null) {
      String reason = draft.step().message();
      children.tellStop(draft, loop(draft), reason == null ? "" : reason);
    }
  }

  /** Goes on at its last iteration, or at the one that is named; later ones count no more. */
  private void again(StepDraft draft, LoopDraft loop, LoopRestart restart) {
    Long only = restart.only();
    long iteration = only == null || only >= loop.total ? loop.total - 1 : only;
    IterationState state = loop.state(iteration);
    draft.since(loop);
    loop.resume(run.record().run(), draft.attempt());
    if (only == null && state == IterationState.SUCCEEDED) {
      next(draft, loop);
      return;
    }
    loop.cut(iteration + 1);
    if (!loop.start(iteration).isEmpty()) {
      loop.values(listed(loop.start(iteration)));
    }
    launch(draft, loop, iteration, restart.plan(state));
  }

  /** Why these can't be the values of loop params (Maestro semantics 2.9). */
  private static Optional<String> unfit(Map<String, ParamValue> values) {
    return values.entrySet().stream()
        .filter(param -> !isScalar(param.getValue()))
        .map(
            param ->
                "Expected loop param '"
                    + param.getKey()
                    + "' to be a STRING, LONG, DOUBLE or BOOLEAN, but it is "
                    + param.getValue().type()
                    + ".")
        .findFirst();
  }

  private static boolean isScalar(ParamValue value) {
    return value instanceof ParamValue.Text
        || value instanceof ParamValue.Int
        || value instanceof ParamValue.Decimal
        || value instanceof ParamValue.Bool;
  }

  private static Map<String, LoopValues> listed(Map<String, ParamValue> values) {
    Map<String, LoopValues> listed = new LinkedHashMap<>();
    values.forEach((name, value) -> listed.put(name, LoopParamValues.listed(value)));
    return listed;
  }

  private static Map<String, ParamValue> now(LoopDraft loop) {
    Map<String, ParamValue> now = new LinkedHashMap<>();
    loop.values().forEach((name, value) -> now.put(name, LoopParamValues.at(value, 0)));
    return now;
  }

  /** Looks at the condition, and begins another iteration or ends. */
  private void next(StepDraft draft, LoopDraft loop) {
    Evaluated<Boolean> holds =
        flow.scope().holds(definition.condition(), definition, draft.step(), now(loop));
    if (holds instanceof Evaluated.Fault<Boolean> fault) {
      flow.internally(draft, fault.reason());
    } else if (!((Evaluated.Value<Boolean>) holds).value()) {
      children.end(draft, RunStatus.SUCCEEDED, "");
    } else if (loop.total >= run.limits().whileIterations()) {
      new StepFailures(flow)
          .fatally(
              draft,
              "Expected at most "
                  + run.limits().whileIterations()
                  + " iterations, but the condition still holds.");
    } else if (loop.exported > run.limits().exportChars()) {
      new StepFailures(flow)
          .fatally(
              draft,
              "Expected what the loop params of all iterations began with to take at most "
                  + run.limits().exportChars()
                  + " characters, but it takes more.");
    } else {
      launch(draft, loop, loop.total++, null);
    }
  }

  private void launch(
      StepDraft draft, LoopDraft loop, long iteration, @Nullable RestartPlan restart) {
    Map<String, ParamValue> now = now(loop);
    loop.keepStart(iteration, now);
    List<Export> exports = now.keySet().stream().map(name -> new Export(null, name)).toList();
    loop.next = loop.total;
    long number = loop.launch(iteration);
    children.launch(
        draft,
        run.dag().body(draft.stepId(), definition.steps()),
        children.parent(draft, true, exports, true),
        iteration,
        number,
        children.passedDown(draft).toWhileIteration(now, iteration),
        restart);
  }

  @Override
  public void childEnded(StepDraft draft, Message.ChildEnded message) {
    LoopDraft loop = loop(draft);
    long iteration = ForeachWork.iteration(message.child());
    if (iteration >= loop.total
        || loop.state(iteration) != IterationState.RUNNING
        || loop.runOf(iteration) != message.childRun()) {
      return; // told before
    }
    loop.end(iteration, IterationState.ended(message.status()), loop.exports(iteration));
    run.leaves().add(message);
    if (message.status() == RunStatus.SUCCEEDED) {
      Map<String, ParamValue> carried = ChildWork.latest(message.exports());
      Optional<String> unfit = unfit(carried);
      if (unfit.isEmpty()) {
        // also of a loop that is to end: one that is restarted goes on from here
        Map<String, LoopValues> values = new LinkedHashMap<>(loop.values());
        values.putAll(listed(carried));
        loop.values(values);
      } else if (draft.ending() == null) {
        new StepFailures(flow).fatally(draft, unfit.get());
        return;
      }
      if (draft.ending() == null) {
        next(draft, loop);
        return;
      }
    }
    // one that succeeded does not end the loop: it was to be stopped before the next
    RunStatus worst =
        message.status() == RunStatus.SUCCEEDED ? RunStatus.STOPPED : message.status();
    children.end(draft, worst, "Iteration " + iteration + " " + message.status() + ".");
  }

  @Override
  public boolean abandon(StepDraft draft, StepStatus how, String reason) {
    LoopDraft loop = loop(draft);
    if (draft.ending() == null) {
      loop.stopAs(SubworkflowWork.runStatus(how));
      children.tellStop(draft, loop, reason);
    }
    return loop.running == 0;
  }

  private LoopDraft loop(StepDraft draft) {
    return run.loop(draft.stepId())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected loop '" + draft.stepId() + "' to have begun, but it has not."));
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    return run.loop(step.stepId()).map(loop -> "Iteration " + (loop.total - 1) + " runs.");
  }
}
