package io.millrace.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes random cases out of seeds: a few small workflows, what comes of their steps, and what users
 * do. Only such of which the specification has one reading, as far as the model can tell.
 *
 * <p>Where the order of two things at one instant is not said, a case leaves it open as little as
 * can be: answers, timeouts and actions come at odd milliseconds, and a step that may run several
 * times at once is told what comes of it by iteration or not at all. What still depends on it is
 * thrown away.
 */
final class Generator {
  private static final int MAX_PASSES = 50;
  private static final int MAX_TRIES = 200;

  final Dice dice;
  final List<String> definitions = new ArrayList<>();
  final Map<String, List<LeafOutcome>> outcomes = new LinkedHashMap<>();

  /** Steps actions may be aimed at: those of the started workflow. */
  private final List<Target> targets = new ArrayList<>();

  private final Set<String> begun = new LinkedHashSet<>();
  private final int maxWorkflows;
  private int steps;

  /**
   * A step to act on.
   *
   * @param inIteration whether to name one of the iterations around it
   */
  record Target(String step, boolean inIteration) {}

  private Generator(Dice dice) {
    this.dice = dice;
    this.maxWorkflows = 1 + dice.weighted(50, 35, 15);
  }

  /** The case of a seed; the same seed gives the same case. */
  static Case make(long seed) {
    for (long attempt = 0; attempt < MAX_TRIES; attempt++) {
      Case story = new Generator(new Dice(seed * MAX_TRIES + attempt)).draw();
      if (Model.isSure(story, MAX_PASSES)) {
        return story;
      }
    }
    throw new IllegalStateException(
        "Expected seed " + seed + " to give a case, but it gives none.");
  }

  private Case draw() {
    String start = workflow(true);
    Map<String, Object> params = new LinkedHashMap<>();
    if (dice.chance(40)) {
      params.put("n", dice.between(0, 5));
    }
    if (dice.chance(20)) {
      params.put("p", dice.one(List.of("x", "y")));
    }
    return new Case(definitions, start, params, outcomes, actions(), Case.DEFAULT_UNTIL_MS);
  }

  /**
   * Writes a workflow after those it starts.
   *
   * @param ordered whether it is never run twice at once, so that outcomes come in one order
   */
  private String workflow(boolean ordered) {
    String id = "w" + (begun.size() + 1);
    boolean started = begun.isEmpty();
    begun.add(id);
    List<Written.Step> level = Level.top(this, ordered, started ? targets : null).steps();
    ObjectNode envelope = Written.envelope(id, level.toArray(Written.Step[]::new));
    ObjectNode workflow = (ObjectNode) envelope.get("workflow");
    ObjectNode params = workflow.putObject("params");
    params.set("n", Written.param("LONG", dice.between(0, 5)));
    params.set("p", Written.param("STRING", dice.one(List.of("x", "y"))));
    if (dice.chance(10)) {
      workflow.put("timeout", dice.millis(1_000, 90_000) + " ms");
    }
    ObjectNode properties = (ObjectNode) envelope.get("properties");
    if (dice.chance(15)) {
      properties.put("run_strategy", dice.few(1, 3));
    } else if (dice.chance(8)) {
      properties.put("run_strategy", "FIRST_ONLY");
    }
    definitions.add(envelope.toString());
    return id;
  }

  boolean mayStartAnother() {
    return begun.size() < maxWorkflows;
  }

  /** Each workflow but the first is started by one step only. */
  String another(boolean ordered) {
    return workflow(ordered);
  }

  String nextId() {
    return "s" + ++steps;
  }

  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    if (dice.chance(65)) {
      return actions;
    }
    int count = dice.few(1, 3);
    long at = 0;
    for (int i = 0; i < count; i++) {
      at += dice.millis(1, 40_000);
      actions.add(action(at));
    }
    return actions;
  }

  private Action action(long at) {
    Target target = dice.one(targets);
    String step = target.step();
    Action.Policy policy =
        dice.one(List.of(Action.Policy.FROM_INCOMPLETE, Action.Policy.FROM_BEGINNING));
    long late = at + dice.millis(100_000, 900_000);
    Action action =
        switch (dice.weighted(15, 10, 15, 10, 15, 25, 10)) {
          case 0 -> Action.ofRun(at, Action.Kind.STOP);
          case 1 -> Action.ofRun(at, Action.Kind.KILL);
          case 2 -> Action.ofStep(at, Action.Kind.STOP, step);
          case 3 -> Action.ofStep(at, Action.Kind.KILL, step);
          case 4 -> Action.ofStep(at, Action.Kind.SKIP, step);
          case 5 -> Action.restart(late, policy);
          default ->
              Action.ofStep(dice.chance(50) ? at : late, Action.Kind.RESTART, step).with(policy);
        };
    boolean one = target.inIteration() && action.step() != null && dice.chance(60);
    return one ? action.in(dice.between(0, 3)) : action;
  }
}
