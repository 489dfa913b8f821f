package io.millrace.engine.scenario;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.step.StepTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the scenarios of a test and checks the invariants of each when the test is done. */
final class Scenarios implements AfterEachCallback {
  private final List<Scenario> made = new ArrayList<>();
  private final List<TreeScenario> trees = new ArrayList<>();

  /** Workflows that were pushed, in an otherwise empty cluster. */
  Scenario given(GivenWorkflow... workflows) {
    return given(World.DEFAULT, workflows);
  }

  Scenario given(World world, GivenWorkflow... workflows) {
    Scenario scenario = new Scenario(world);
    made.add(scenario);
    for (GivenWorkflow workflow : workflows) {
      scenario.whenPushed(workflow);
    }
    return scenario;
  }

  /** A workflow of the steps in this JSON, whose runs may have children. */
  TreeScenario tree(String steps) {
    return tree(EngineLimits.DEFAULT, steps);
  }

  TreeScenario tree(EngineLimits limits, String steps) {
    TreeScenario tree = TreeScenario.given(limits, steps);
    trees.add(tree);
    return tree;
  }

  /** As {@link #tree}, but iterations that succeeded are forgotten as they are on a cluster. */
  TreeScenario forgetfulTree(EngineLimits limits, String steps) {
    TreeScenario tree = TreeScenario.givenForgetful(limits, steps);
    trees.add(tree);
    return tree;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check();
  }

  void check() {
    made.forEach(scenario -> Invariants.check(scenario.cluster()));
  }

  List<Scenario> made() {
    List<Scenario> all = new ArrayList<>(made);
    trees.forEach(tree -> all.add(tree.base()));
    return all;
  }

  /** What a scenario runs in. */
  record World(EngineLimits limits, StepTypes types, Set<String> queues, MessageOrder order) {
    static final World DEFAULT =
        new World(
            EngineLimits.DEFAULT,
            StepTypes.STANDARD,
            Set.of(GivenStep.QUEUE),
            MessageOrder.FIRST_SENT_FIRST);

    World with(EngineLimits other) {
      return new World(other, types, queues, order);
    }

    World with(StepTypes other) {
      return new World(limits, other, queues, order);
    }

    World with(MessageOrder other) {
      return new World(limits, types, queues, other);
    }
  }
}
