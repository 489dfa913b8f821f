package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions on {@code params} that need no step: all there are for the params of a workflow
 * (Maestro semantics 4.6).
 */
final class InstanceFunctions implements ParamFunctions {
  private final Facts facts;
  private final long now;
  private final String seed;
  private int ids;

  /**
   * @param now epoch millis
   * @param seed tells whoever calls apart, and is the same whenever the call is decided again
   */
  InstanceFunctions(Facts facts, long now, String seed) {
    this.facts = facts;
    this.now = now;
    this.seed = seed;
  }

  /**
   * What a run can be asked about itself.
   *
   * @param plan null: it is not a restart
   * @param instance null: not known yet, as is the number of the run
   * @param triggerTimezone of the first time trigger; empty if there is none
   */
  record Facts(
      @Nullable Parent parent,
      @Nullable String user,
      @Nullable RestartPlan plan,
      @Nullable String owner,
      String workflowId,
      boolean isIteration,
      @Nullable Long instance,
      long run,
      String triggerTimezone) {

    /** As steps of a run know it. */
    static Facts of(OpenRun run) {
      RunRecord record = run.record();
      InstanceAddress instance = run.instance();
      return new Facts(
          record.parent(),
          record.user(),
          record.plan(),
          record.owner(),
          instance.workflowId(),
          !instance.isWorkflowInstance(),
          instance.instance(),
          record.run(),
          "");
    }

    /** As the params of a run know it that is about to begin: without the numbers it gets. */
    static Facts of(
        Message.Launch launch, @Nullable RestartPlan plan, Dag dag, boolean isIteration) {
      WorkflowDefinition workflow = dag.workflow();
      return new Facts(
          launch.parent(),
          launch.user(),
          plan,
          launch.owner(),
          workflow.id(),
          isIteration,
          null,
          launch.run(),
          workflow.timeTriggers().isEmpty()
              ? ""
              : workflow.timeTriggers().get(0).timezone().getId());
    }

    private String of(String fact) {
      return switch (fact) {
        case "INITIATOR_TYPE" -> initiator();
        case "INITIATOR_RUNNER_NAME" -> user == null ? "" : user;
        case "RUN_POLICY" -> plan == null ? "START_FRESH_NEW_RUN" : "RESTART_" + plan.policy();
        case "owner" -> owner == null ? "" : owner;
        case "workflow_id" -> workflowId;
        case "workflow_instance_id" -> instance == null ? "" : Long.toString(instance);
        case "workflow_run_id" -> instance == null ? "" : Long.toString(run);
        case "FIRST_TIME_TRIGGER_TIMEZONE" -> triggerTimezone;
        default -> "";
      };
    }

    private String initiator() {
      if (parent == null) {
        return "MANUAL";
      } else if (!isIteration) {
        return "SUBWORKFLOW";
      }
      return parent.exports().stream().anyMatch(export -> export.stepId() == null)
          ? "WHILE"
          : "FOREACH";
    }
  }

  @Override
  public Value call(String name, List<Value> arguments) {
    return switch (name) {
      case "nextUniqueId" -> nextUniqueId();
      case "getExecutionEnvironment" -> new Value.Text("");
      case "getFromInstance" -> new Value.Text(facts.of(arguments.get(0).text()));
      case "getFromSignalOrDefault" -> arguments.get(arguments.size() - 1);
      case "getFromSignal", "getFromSignalDependency" ->
          throw new Failed(
              FailureCode.FUNCTION,
              "Expected params." + name + " to be answered, but no signal started this run.");
      default ->
          throw new Failed(
              FailureCode.FUNCTION,
              "Expected params." + name + " to be called by a step, but this is no step's param.");
    };
  }

  /**
   * Roughly in the order of time: the present with 20 bits that tell callers and calls apart. Two
   * may meet at one instant, so it is unique only as far as 20 bits can tell.
   */
  private Value nextUniqueId() {
    long salt = (seed + "#" + ids++).hashCode() & 0xFFFFFL;
    return new Value.Int((now << 20) | salt);
  }
}
