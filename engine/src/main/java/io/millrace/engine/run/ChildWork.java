package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.definition.StepDefinition;
import io.millrace.engine.Document.RunParams;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.PassedDown;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What loops and subworkflows have in common: children, and an end that waits for them. */
final class ChildWork {
  private final StepFlow flow;
  private final OpenRun run;
  private final StepDefinition definition;

  ChildWork(StepFlow flow, StepDefinition definition) {
    this.flow = flow;
    this.run = flow.run();
    this.definition = definition;
  }

  // ---- what goes down

  /** What a child is told of the tree above it. */
  Parent parent(StepDraft draft, boolean sync, List<Parent.Export> exports, boolean iteration) {
    RunRecord record = run.record();
    Parent above = record.parent();
    List<String> waiting = new ArrayList<>();
    if (sync) {
      waiting.addAll(above == null || !above.sync() ? List.of() : above.waiting());
      if (!waiting.contains(run.instance().workflowId())) {
        waiting.add(run.instance().workflowId());
      }
    }
    return new Parent(
        run.instance().toString(),
        record.run(),
        draft.stepId(),
        draft.attempt(),
        sync,
        depth() + 1,
        correlationId(),
        waiting,
        exports,
        iteration ? RunScope.created(record) : null,
        sync ? Long.valueOf(Math.max(run.leaves().left(), 0)) : null,
        sync ? Deadlines.ofChildren(run, draft) : null);
  }

  /** Runs above the one of this step. */
  private int depth() {
    Parent above = run.record().parent();
    return above == null ? 0 : above.depth();
  }

  /** Whether a child would be deeper than allowed. */
  boolean isTooDeep() {
    return depth() + 2 > run.limits().depth();
  }

  String tooDeep() {
    return "Expected at most "
        + run.limits().depth()
        + " runs from the root to a child, but there would be "
        + (depth() + 2)
        + ".";
  }

  private String correlationId() {
    Parent above = run.record().parent();
    return above == null ? run.address().toString() : above.correlationId();
  }

  /** What is passed down, but for the loop params. */
  PassedDown passedDown(StepDraft draft) {
    RunRecord record = run.record();
    RunParams made =
        run.turn()
            .find(InstanceMachine.paramsKey(record.run()), RunParams.class)
            .orElse(new RunParams(Map.of()));
    Map<String, EvaluatedParam> own = new LinkedHashMap<>();
    draft
        .params()
        .forEach(
            (name, value) -> {
              ParamDefinition written = definition.params().get(name);
              own.put(
                  name,
                  new EvaluatedParam(
                      written == null ? ParamDefinition.literal(value) : written,
                      value,
                      List.of()));
            });
    return new PassedDown(RunScope.evaluated(record, made), own, definition.params().keySet());
  }

  /**
   * Launches an iteration.
   *
   * @param params all it has
   * @param restart null: it begins anew
   */
  void launch(
      StepDraft draft,
      LoopBody body,
      Parent parent,
      long iteration,
      long number,
      Map<String, ParamDefinition> params,
      @Nullable RestartPlan restart) {
    RunRecord record = run.record();
    InstanceAddress address = run.instance().iteration(draft.stepId(), iteration);
    run.turn()
        .send(
            MachineAddress.instance(address),
            new Message.Launch(
                uuid(record.runUuid() + "/" + draft.stepId() + "/" + iteration + ":" + number),
                record.requestId(),
                record.version(),
                body.text(),
                body.sha256(),
                params,
                record.user(),
                run.turn().at(),
                List.of(),
                null,
                false,
                number,
                record.owner(),
                parent,
                restart));
  }

  static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Tells iterations that run to end, as many as the turn may; the rest follows (decisions, the
   * tree 3).
   */
  void tellStop(StepDraft draft, LoopDraft loop, String reason) {
    Optional<RunStatus> how = loop.stopAs();
    while (how.isPresent() && loop.running > 0) {
      if (!flow.mayGoOn()) {
        flow.later(draft);
        return;
      }
      Optional<Long> next = loop.nextToStop();
      if (next.isEmpty()) {
        return;
      }
      long iteration = next.get();
      run.turn()
          .send(
              MachineAddress.instance(run.instance().iteration(draft.stepId(), iteration)),
              new Message.EndRun(loop.runOf(iteration), how.get(), reason));
    }
  }

  // ---- how it ends

  /**
   * Ends the attempt now that nothing is open below it.
   *
   * @param worst how the worst of its children ended; SUCCEEDED if all is well
   * @param reason of a failure
   */
  void end(StepDraft draft, RunStatus worst, String reason) {
    StepStatus ending = draft.ending();
    // What children told counts, also against a stop that crossed it (decisions, the tree 2).
    if (ending == StepStatus.SKIPPED) {
      flow.skip(draft, reason);
    } else if (worst == RunStatus.SUCCEEDED && ending == null) {
      flow.succeed(draft);
    } else if (worst == RunStatus.FAILED || ending == StepStatus.FATALLY_FAILED) {
      if (ending != null && run.stopping().isPresent()) {
        // it is ended from above: its own failure mode has no say
        draft.message(reason);
        flow.end(draft, StepStatus.FATALLY_FAILED);
      } else {
        new StepFailures(flow).fatally(draft, reason);
      }
    } else if (worst == RunStatus.TIMED_OUT || ending == StepStatus.TIMED_OUT) {
      flow.end(draft, StepStatus.TIMED_OUT);
    } else if (ending != null) {
      flow.end(draft, ending);
    } else {
      flow.end(draft, StepStatus.STOPPED);
    }
  }

  /** What a child exports to a step that reads whichever step of it has a param. */
  static Map<String, ParamValue> latest(Map<String, Map<String, ParamValue>> exports) {
    return exports.getOrDefault("", Map.of());
  }
}
