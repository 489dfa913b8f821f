package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.engine.Document.LeafCounts;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A story of runs that have children. Definitions are JSON with {@code '} for {@code "}; instances
 * are named by their address, {@code flow/1/fe/3}. Iterations that succeeded are kept, to be seen.
 */
final class TreeScenario {
  private final Scenario scenario;

  private TreeScenario(EngineLimits limits) {
    this.scenario = new Scenario(Scenarios.World.DEFAULT.with(limits));
  }

  /**
   * Workflows that were pushed.
   *
   * @param steps of the workflow {@code flow}
   */
  static TreeScenario given(EngineLimits limits, String steps) {
    return new TreeScenario(limits.keepingIterations()).and("flow", "", steps);
  }

  /** The same, but iterations that succeeded are forgotten as they are on a cluster. */
  static TreeScenario givenForgetful(EngineLimits limits, String steps) {
    return new TreeScenario(limits).and("flow", "", steps);
  }

  /**
   * One more workflow.
   *
   * @param fields of the workflow beside id and steps, each with a comma before it
   */
  TreeScenario and(String id, String fields, String steps) {
    return pushed("'owner':'someone'", id, fields, steps);
  }

  /** One more workflow, of which many instances may run at once. */
  TreeScenario andParallel(String id, String steps) {
    return pushed("'owner':'someone','run_strategy':'PARALLEL'", id, "", steps);
  }

  private TreeScenario pushed(String properties, String id, String fields, String steps) {
    String text =
        "{'properties':{%s},'workflow':{'id':'%s','steps':[%s]%s}}"
            .formatted(properties, id, steps, fields);
    scenario.ofWorkflow(id);
    scenario.whenPushed(text.replace('\'', '"'));
    assertThat(scenario.lastReply())
        .as("the push of %s", id)
        .isInstanceOf(io.millrace.protocol.Reply.Pushed.class);
    scenario.ofWorkflow("flow");
    return this;
  }

  Scenario base() {
    return scenario;
  }

  TreeScenario whenStarted() {
    scenario.whenStarted();
    return this;
  }

  TreeScenario whenStartedWith(String param, long value) {
    scenario.whenStartedWith(Map.of(param, new ParamValue.Int(value)));
    return this;
  }

  TreeScenario whenTimePasses(Duration time) {
    scenario.whenTimePasses(time);
    return this;
  }

  TreeScenario whenStopped() {
    scenario.whenStopped();
    return this;
  }

  /** The last task of a step of an instance is begun. */
  TreeScenario whenWorkerBegins(String instance, String stepId) {
    return reported(instance, WorkerSays.started(task(instance, stepId)));
  }

  /** The last task of a step of an instance is answered. */
  TreeScenario whenWorkerSucceeds(String instance, String stepId) {
    return reported(instance, WorkerSays.succeeded(task(instance, stepId), Map.of()));
  }

  TreeScenario whenWorkerFails(String instance, String stepId) {
    return reported(
        instance, WorkerSays.failed(task(instance, stepId), Report.Failure.FATAL, false));
  }

  TreeScenario whenWorkerFails(String instance, String stepId, Report.Failure whose) {
    return reported(instance, WorkerSays.failed(task(instance, stepId), whose, true));
  }

  private TreeScenario reported(String instance, Report report) {
    scenario.told(machine(instance), new Message.Reported(report));
    return this;
  }

  Task task(String instance, String stepId) {
    return scenario.cluster().outcome().tasks().stream()
        .filter(task -> task.run().startsWith(instance + ":") && task.stepId().equals(stepId))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("Expected a task of " + instance + " " + stepId));
  }

  /** How many tasks each instance below this one was given, by its address. */
  Map<String, Long> tasks(String prefix) {
    return scenario.cluster().outcome().tasks().stream()
        .map(task -> task.run().substring(0, task.run().lastIndexOf(':')))
        .filter(instance -> instance.startsWith(prefix))
        .collect(Collectors.groupingBy(instance -> instance, TreeMap::new, Collectors.counting()));
  }

  // ---- what is then true

  static MachineAddress machine(String instance) {
    return MachineAddress.instance(InstanceAddress.parse(instance).orElseThrow());
  }

  private Map<String, io.millrace.engine.Document> documents(String instance) {
    return scenario.cluster().documents(machine(instance));
  }

  RunRecord run(String instance) {
    long number = scenario.cluster().envelope(machine(instance)).orElseThrow().run();
    return (RunRecord) documents(instance).get("run:" + number);
  }

  StepRun step(String instance, String stepId) {
    return (StepRun) documents(instance).get("step:" + run(instance).run() + ":" + stepId);
  }

  TreeScenario thenRunIs(String instance, RunStatus status) {
    assertThat(run(instance).status()).as(instance).isEqualTo(status);
    return this;
  }

  TreeScenario thenStepIs(String instance, String stepId, StepStatus status) {
    assertThat(documents(instance))
        .as(instance)
        .containsKey("step:" + run(instance).run() + ":" + stepId);
    assertThat(step(instance, stepId).status())
        .as(instance + " " + stepId + ": " + step(instance, stepId).message())
        .isEqualTo(status);
    return this;
  }

  TreeScenario thenNotCreated(String instance, String stepId) {
    assertThat(documents(instance)).doesNotContainKey("step:" + run(instance).run() + ":" + stepId);
    return this;
  }

  TreeScenario thenParamIs(String instance, String stepId, String param, ParamValue value) {
    assertThat(step(instance, stepId).params()).containsEntry(param, value);
    return this;
  }

  TreeScenario thenParamIs(String instance, String stepId, String param, long value) {
    return thenParamIs(instance, stepId, param, new ParamValue.Int(value));
  }

  TreeScenario thenParamIs(String instance, String stepId, String param, String value) {
    return thenParamIs(instance, stepId, param, new ParamValue.Text(value));
  }

  /** The instances of a workflow's or loop's children, in the order of their addresses. */
  List<String> instances(String prefix) {
    return scenario.cluster().machines().stream()
        .filter(machine -> machine.kind() == MachineAddress.Kind.INSTANCE)
        .map(MachineAddress::key)
        .filter(key -> key.startsWith(prefix))
        .toList();
  }

  TreeScenario thenLeavesAre(String instance, StepStatus status, long count) {
    long own = run(instance).leaves().getOrDefault(status, 0L);
    long below = below(instance).counts().getOrDefault(status, 0L);
    assertThat(own + below).as(status + " leaves of " + instance).isEqualTo(count);
    return this;
  }

  /** What an instance's latest run knows of the leaf steps below it. */
  LeafCounts below(String instance) {
    return (LeafCounts)
        documents(instance).getOrDefault("leaves:" + run(instance).run(), LeafCounts.NONE);
  }

  TreeScenario thenMessageOf(String instance, String stepId, String part) {
    assertThat(step(instance, stepId).message()).contains(part);
    return this;
  }

  /** An action goes to the root of its target (decisions, the tree 1). */
  TreeScenario whenActed(ActionRequest request) {
    InstanceAddress target = RunAddress.parse(request.target()).orElseThrow().instance();
    InstanceAddress root = InstanceAddress.of(target.workflowId(), target.instance());
    scenario.told(MachineAddress.instance(root), new Message.Act(request, scenario.asker()));
    return this;
  }

  /** Literals by name. */
  static Map<String, ParamDefinition> literals(Map<String, ParamValue> values) {
    Map<String, ParamDefinition> literals = new LinkedHashMap<>();
    values.forEach((name, value) -> literals.put(name, ParamDefinition.literal(value)));
    return literals;
  }
}
