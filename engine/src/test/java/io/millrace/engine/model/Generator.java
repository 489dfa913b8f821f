package io.millrace.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

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
  private final int moreStarts;
  private int steps;

  /**
   * A step to act on.
   *
   * @param iterations whether to name an iteration, of the loop around it or of the loop that it is
   */
  record Target(String step, boolean iterations) {}

  private Generator(Dice dice) {
    this.dice = dice;
    this.maxWorkflows = 1 + dice.weighted(50, 35, 15);
    this.moreStarts = dice.chance(25) ? dice.few(1, 4) : 0;
  }

  /** The case of a seed; the same seed gives the same case. */
  static Case make(long seed) {
    for (Case story : cases(seed)) {
      if (Model.isSure(story, MAX_PASSES)) {
        return story;
      }
    }
    throw noCase(seed);
  }

  /** What a seed gives, one after the other, until one is taken. */
  static Iterable<Case> cases(long seed) {
    return () ->
        LongStream.range(seed * MAX_TRIES, (seed + 1) * MAX_TRIES)
            .mapToObj(tried -> new Generator(new Dice(tried)).draw())
            .iterator();
  }

  static IllegalStateException noCase(long seed) {
    return new IllegalStateException(
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
    List<Action> actions = actions();
    List<Start> starts = starts();
    return new Case(
        definitions, start, params, outcomes, withOthers(actions), starts, Case.DEFAULT_UNTIL_MS);
  }

  /** Some while another still runs, some after it. */
  private List<Start> starts() {
    List<Start> starts = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < moreStarts; i++) {
      at += dice.chance(80) ? dice.millis(1, 40_000) : dice.millis(100_000, 900_000);
      String workflow = dice.chance(80) ? "w1" : dice.one(List.copyOf(begun));
      Map<String, Object> params = new LinkedHashMap<>();
      if (dice.chance(50)) {
        params.put("n", dice.between(0, 5));
      }
      starts.add(new Start(at, workflow, params));
    }
    return starts;
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
    strategy(properties);
    definitions.add(envelope.toString());
    return id;
  }

  /** One that matters is likely only where a workflow is started more than once. */
  private void strategy(ObjectNode properties) {
    if (dice.chance(moreStarts > 0 ? 85 : 25)) {
      switch (dice.weighted(30, 12, 12, 12, 12)) {
        case 0 -> properties.put("run_strategy", dice.few(1, 3));
        case 1 -> properties.put("run_strategy", "FIRST_ONLY");
        case 2 -> properties.put("run_strategy", "LAST_ONLY");
        case 3 -> properties.put("run_strategy", "SERIAL_LATEST_ONLY");
        default -> properties.put("run_strategy", "STRICT_SEQUENTIAL");
      }
    }
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

  /** Another step is restarted soon after one was: that run goes on without it, or is over. */
  private List<Action> withOthers(List<Action> actions) {
    List<Action> all = new ArrayList<>(actions);
    for (Action restart : actions) {
      if (restart.kind() == Action.Kind.RESTART && restart.step() != null && dice.chance(60)) {
        all.add(
            new Action(
                restart.atMs() + dice.millis(1, 15_000),
                Action.Kind.RESTART,
                restart.instance(),
                dice.one(targets).step(),
                null,
                policy()));
      }
    }
    return all;
  }

  private Action.Policy policy() {
    return dice.one(List.of(Action.Policy.FROM_INCOMPLETE, Action.Policy.FROM_BEGINNING));
  }

  private Action action(long at) {
    Target target = dice.one(targets);
    String step = target.step();
    Action.Policy policy = policy();
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
    if (moreStarts > 0 && dice.chance(50)) {
      action = action.of(dice.between(1, moreStarts + 1));
    }
    boolean one = target.iterations() && action.step() != null && dice.chance(60);
    return one ? action.in(dice.between(0, 3)) : action;
  }
}
