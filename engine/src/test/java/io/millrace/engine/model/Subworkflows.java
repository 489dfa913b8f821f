package io.millrace.engine.model;

import io.millrace.definition.RunStrategy;
import io.millrace.definition.SubworkflowStep;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.GivenParams;
import io.millrace.evaluation.PassedDown;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import org.jspecify.annotations.Nullable;

/** Subworkflow steps (Maestro semantics 2.7) and starts of instances. */
final class Subworkflows {
  private final Model model;

  Subworkflows(Model model) {
    this.model = model;
  }

  /** A workflow that is not there is a fatal failure; an asynchronous child is not waited for. */
  void start(StepRun step, SubworkflowStep subworkflow) {
    Flow flow = model.flows.get(text(step, BuiltInParams.SUBWORKFLOW_ID));
    Flow.@Nullable Version version =
        flow == null
            ? null
            : flow.version(text(step, BuiltInParams.SUBWORKFLOW_VERSION)).orElse(null);
    if (flow == null || version == null || (subworkflow.sync() && waitsForItself(step, flow))) {
      model.steps.fail(step);
      return;
    }
    GivenParams given =
        new PassedDown(step.run.params, step.params, step.definition.params().keySet())
            .toSubworkflow(subworkflow.explicitParams());
    Run previous = previous(step, subworkflow.sync());
    Run run =
        previous == null
            ? instance(version, step, subworkflow.sync(), given)
            : again(previous, step, subworkflow.sync(), step.below, given);
    step.child = run;
    model.queues.arrive(run);
    if (!subworkflow.sync()) {
      model.steps.complete(step, StepStatus.SUCCEEDED);
    }
  }

  /** A workflow that would wait for an ancestor fails at once (decisions, concurrency). */
  private static boolean waitsForItself(StepRun step, Flow flow) {
    return flow.strategy().rule() == RunStrategy.Rule.SEQUENTIAL && step.run.isAtOrBelow(flow);
  }

  private @Nullable Run previous(StepRun step, boolean sync) {
    if (step.below == Action.Policy.FRESH || step.before == null || step.before.child == null) {
      return null;
    }
    if (!sync && step.below != Action.Policy.FROM_SPECIFIC) {
      // decisions, the tree 12: it is cut off, and what the step had to do is to start one
      return null;
    }
    Run child = step.before.child;
    Run latest = child.version.flow().instances.get((int) child.instance - 1);
    if (step.below == Action.Policy.FROM_BEGINNING || latest != child) {
      model.doubt("a subworkflow that is restarted from its beginning");
    }
    if (!latest.status.isTerminal() || latest.status == RunStatus.SUCCEEDED) {
      model.doubt("a restart of a subworkflow that is open or succeeded");
      return null;
    }
    return latest;
  }

  /** The first run of a new instance. */
  Run instance(Flow.Version version, @Nullable StepRun parent, boolean sync, GivenParams given) {
    Flow flow = version.flow();
    Run run =
        new Run(
            version,
            version.definition().steps(),
            flow.instances.size() + 1L,
            parent,
            null,
            sync,
            Action.Policy.FRESH,
            null,
            model.agenda.now());
    run.inputs = Inputs.given(given);
    flow.instances.add(run);
    return run;
  }

  /** Another run of an instance, of the version it has. */
  Run again(
      Run previous,
      @Nullable StepRun parent,
      boolean sync,
      Action.Policy policy,
      GivenParams given) {
    Run run =
        new Run(
            previous.version,
            previous.level,
            previous.instance,
            parent,
            null,
            sync,
            policy,
            previous,
            model.agenda.now());
    run.inputs = Inputs.given(given);
    previous.version.flow().instances.set((int) previous.instance - 1, run);
    model.restarts.prepare(run);
    return run;
  }

  private static String text(StepRun step, String param) {
    return ((ParamValue.Text) step.params.get(param).value()).value();
  }
}
