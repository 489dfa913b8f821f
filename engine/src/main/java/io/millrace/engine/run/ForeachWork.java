package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.definition.FailureMode;
import io.millrace.definition.ForeachStep;
import io.millrace.engine.Document.LoopValues;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.PassedDown;
import io.millrace.expression.Expression;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A foreach runs its iterations in a window of so many at once (Maestro semantics 2.8; decisions,
 * the tree 3 to 7). Each is an instance of its own; here there is a letter for it.
 */
final class ForeachWork implements StepWork {
  private final StepFlow flow;
  private final OpenRun run;
  private final ForeachStep definition;
  private final ChildWork children;

  ForeachWork(StepFlow flow, ForeachStep definition) {
    this.flow = flow;
    this.run = flow.run();
    this.definition = definition;
    this.children = new ChildWork(flow, definition);
  }

  // ---- beginning

  @Override
  public void begin(StepDraft draft) {
    if (children.isTooDeep()) {
      new StepFailures(flow).fatally(draft, children.tooDeep());
      return;
    }
    Optional<LoopDraft> earlier = LoopRestart.of(run, draft).kept(run, draft.stepId());
    if (earlier.isPresent()) {
      draft.to(StepStatus.RUNNING);
      draft.since(earlier.get());
      earlier.get().resume(run.record().run(), draft.attempt());
      show(draft, earlier.get().values());
    } else if (!beginAnew(draft)) {
      return;
    }
    goOn(draft);
  }

  private boolean beginAnew(StepDraft draft) {
    Map<String, LoopValues> values = new LinkedHashMap<>();
    long total = 1;
    for (Map.Entry<String, ParamValue> param :
        LoopParamValues.of(draft.params()).orElse(Map.of()).entrySet()) {
      LoopValues taken =
          range(param.getKey())
              .map(range -> LoopParamValues.counted(param.getValue(), range.ofDays()))
              .orElseGet(() -> LoopParamValues.listed(param.getValue()));
      long count = LoopParamValues.count(taken);
      if (count < 0) {
        return refused(
            draft,
            "Expected loop param '"
                + param.getKey()
                + "' to be an array, but it is "
                + param.getValue().type()
                + ".");
      }
      values.put(param.getKey(), taken);
      total = product(total, count);
    }
    show(draft, values);
    if (values.isEmpty()) {
      return refused(draft, "Expected 'loop_params' to name loop params, but it is empty.");
    }
    if (total > run.limits().foreachIterations()) {
      return refused(
          draft,
          "Expected at most "
              + run.limits().foreachIterations()
              + " iterations, but the loop params make more.");
    }
    draft.to(StepStatus.RUNNING);
    LoopDraft loop =
        LoopDraft.fresh(
            run.turn(), draft.stepId(), run.record().run(), draft.attempt(), total, values);
    draft.since(loop);
    run.put(draft.stepId(), loop);
    return true;
  }

  /** Not more than one above the limit, so that it cannot overflow. */
  private long product(long total, long count) {
    long most = run.limits().foreachIterations() + 1;
    return count == 0 || total == 0 ? 0 : count >= most ? most : Math.min(most, total * count);
  }

  private Optional<Expression.Range> range(String loopParam) {
    ParamDefinition written = definition.params().get(BuiltInParams.LOOP_PARAMS);
    return written != null
            && written.expression().isEmpty()
            && written.literal() instanceof ParamValue.MapOfParams map
        ? Optional.ofNullable(map.value().get(loopParam)).flatMap(flow.scope()::range)
        : Optional.empty();
  }

  /** What the step shows of its loop params: those it runs over, be they kept or new. */
  private static void show(StepDraft draft, Map<String, LoopValues> values) {
    Map<String, ParamDefinition> shown = new LinkedHashMap<>();
    values.forEach(
        (name, taken) -> shown.put(name, ParamDefinition.literal(LoopParamValues.shown(taken))));
    Map<String, ParamValue> params = new LinkedHashMap<>(draft.params());
    params.put(BuiltInParams.LOOP_PARAMS, new ParamValue.MapOfParams(shown));
    draft.params(params);
  }

  private boolean refused(StepDraft draft, String message) {
    new StepFailures(flow).fatally(draft, message);
    return false;
  }

  // ---- launching

  @Override
  public void goOn(StepDraft draft) {
    LoopDraft loop = loop(draft);
    if (draft.ending() != null) {
      children.tellStop(draft, loop, reason(draft));
    } else if (!loop.halted) {
      launch(draft, loop);
    }
    endIfOver(draft, loop);
  }

  private void launch(StepDraft draft, LoopDraft loop) {
    PassedDown passed = null;
    Parent parent = null;
    LoopRestart restart = LoopRestart.of(run, draft);
    LoopBody body = run.dag().body(draft.stepId(), definition.steps());
    while (loop.next < loop.total && loop.running < definition.concurrency()) {
      loop.moveWindow();
      if (definition.strictOrdering() && loop.next - loop.low >= definition.concurrency()) {
        return;
      }
      IterationState state = loop.state(loop.next);
      if (!restart.runs(state, loop.next)) {
        loop.next = loop.after(loop.next);
        continue;
      }
      if (state.isOpen() && stopsLaunching(loop.ended(RunStatus.FAILED))) {
        loop.halted = true; // one that failed was left as it was when another was restarted
        return;
      }
      if (!flow.mayGoOn()) {
        flow.later(draft);
        return;
      }
      if (passed == null) {
        passed = children.passedDown(draft);
        parent = children.parent(draft, true, run.dag().exports(draft.stepId()), true);
      }
      long iteration = loop.next++;
      long number = loop.launch(iteration);
      children.launch(
          draft,
          body,
          Objects.requireNonNull(parent),
          iteration,
          number,
          passed.toForeachIteration(
              LoopParamValues.combination(loop.values(), iteration), iteration),
          restart.plan(state));
    }
  }

  /** None begins beside one that FAILED, unless failures are ignored (decisions, the tree 4). */
  private boolean stopsLaunching(long failed) {
    return failed > 0 && definition.failureMode() != FailureMode.IGNORE_FAILURE;
  }

  /** One that has ended runs again, beside the window but counted in it (decisions, the tree 6). */
  Optional<RunActions.Refusal> restart(StepDraft draft, long iteration, RestartPlan plan) {
    if (definition.failureMode() == FailureMode.FAIL_IMMEDIATELY) {
      return Optional.of(
          new RunActions.Refusal(
              "NOT_RESTARTABLE",
              "Expected the loop of iteration "
                  + iteration
                  + " to end before it is restarted, as its mode is FAIL_IMMEDIATELY, but it is "
                  + draft.status()
                  + "."));
    }
    LoopDraft loop = loop(draft);
    IterationState state = iteration < loop.total ? loop.state(iteration) : IterationState.OPEN;
    if (draft.ending() != null || !state.hasEnded()) {
      return Optional.of(
          new RunActions.Refusal(
              "NOT_RESTARTABLE",
              "Expected iteration " + iteration + " to have ended, but it is " + state + "."));
    }
    long number = loop.launch(iteration);
    if (loop.ended(RunStatus.FAILED) == 0) {
      loop.halted = false;
    }
    children.launch(
        draft,
        run.dag().body(draft.stepId(), definition.steps()),
        children.parent(draft, true, run.dag().exports(draft.stepId()), true),
        iteration,
        number,
        children
            .passedDown(draft)
            .toForeachIteration(LoopParamValues.combination(loop.values(), iteration), iteration),
        plan);
    return Optional.empty();
  }

  // ---- ends

  @Override
  public void childEnded(StepDraft draft, Message.ChildEnded message) {
    LoopDraft loop = loop(draft);
    long iteration = iteration(message.child());
    if (iteration >= loop.total
        || loop.state(iteration) != IterationState.RUNNING
        || loop.runOf(iteration) != message.childRun()) {
      return; // told before
    }
    loop.end(iteration, IterationState.ended(message.status()), message.exports());
    run.leaves().add(message);
    boolean failed = message.status() == RunStatus.FAILED && stopsLaunching(1);
    loop.halted |= failed || isTooMuch(loop);
    if (failed
        && definition.failureMode() == FailureMode.FAIL_IMMEDIATELY
        && draft.ending() == null) {
      draft.message("Iteration " + iteration + " failed, so the loop is terminating.");
      draft.ending(StepStatus.FATALLY_FAILED);
      loop.stopAs(RunStatus.STOPPED);
    }
    goOn(draft);
  }

  static long iteration(String child) {
    return InstanceAddress.parse(child)
        .map(InstanceAddress::segments)
        .map(segments -> segments.get(segments.size() - 1).number())
        .orElseThrow(() -> new IllegalStateException("Expected an iteration, but got " + child));
  }

  private void endIfOver(StepDraft draft, LoopDraft loop) {
    boolean allLaunched = loop.next >= loop.total || loop.halted || draft.ending() != null;
    if (loop.running > 0 || !allLaunched || draft.status() != StepStatus.RUNNING) {
      return;
    }
    if (isTooMuch(loop)) {
      String most = run.limits().exportChars() + " characters";
      new StepFailures(flow)
          .fatally(
              draft,
              "Expected what is read of the iterations to take at most "
                  + most
                  + ", but it takes more.");
      return;
    }
    RunStatus worst =
        loop.ended(RunStatus.FAILED) > 0
            ? RunStatus.FAILED
            : loop.ended(RunStatus.TIMED_OUT) > 0
                ? RunStatus.TIMED_OUT
                : loop.ended(RunStatus.STOPPED) > 0 ? RunStatus.STOPPED : RunStatus.SUCCEEDED;
    children.end(draft, worst, reason(draft, loop));
  }

  private boolean isTooMuch(LoopDraft loop) {
    return loop.exported > run.limits().exportChars();
  }

  private static String reason(StepDraft draft, LoopDraft loop) {
    long failed = loop.ended(RunStatus.FAILED);
    return failed > 0 || draft.step().message() == null
        ? failed + " of " + loop.total + " iterations failed."
        : reason(draft);
  }

  /** Why the step is ending, as it was said when it began to. */
  private static String reason(StepDraft draft) {
    String said = draft.step().message();
    return said == null ? "" : said;
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
    return run.loop(step.stepId())
        .map(
            loop ->
                (step.ending() == null ? "" : "It is terminating: ")
                    + loop.running
                    + " iterations run, "
                    + loop.ended(RunStatus.SUCCEEDED)
                    + " of "
                    + loop.total
                    + " have succeeded.");
  }
}
