package io.millrace.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.LeafOutcome.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the steps of a workflow or of a loop. */
final class Level {
  private static final int MAX_DEPTH = 3;
  private static final List<String> MODES =
      List.of("FAIL_AFTER_RUNNING", "FAIL_IMMEDIATELY", "IGNORE_FAILURE");

  private final Generator generator;
  private final Dice dice;
  private final @Nullable List<String> targets;

  /** Whether no step here ever runs twice at once. */
  private final boolean ordered;

  /** How many iterations the loop around has if they may run at once, of an ordered loop. */
  private final long iterations;

  Level(Generator generator, boolean ordered, @Nullable List<String> targets) {
    this(generator, ordered, targets, 0);
  }

  private Level(
      Generator generator, boolean ordered, @Nullable List<String> targets, long iterations) {
    this.generator = generator;
    this.dice = generator.dice;
    this.ordered = ordered;
    this.targets = targets;
    this.iterations = iterations;
  }

  List<Written.Step> steps(int depth) {
    int count = dice.few(1, depth == 1 ? 6 : 3);
    List<Written.Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(step(depth));
    }
    for (int to = 1; to < count; to++) {
      for (int from = 0; from < to; from++) {
        if (dice.chance(from == to - 1 ? 55 : 15)) {
          steps.get(from).to(steps.get(to).body.get("id").textValue(), condition(steps.get(from)));
        }
      }
    }
    return steps;
  }

  private String condition(Written.Step step) {
    String own = step.params().has("q") ? "q == " + dice.between(1, 2) : "n != p.length()";
    return switch (dice.weighted(55, 12, 10, 15, 8)) {
      case 0 -> "true";
      case 1 -> "n > " + dice.between(0, 4);
      case 2 -> "p == 'x'";
      case 3 -> own;
      default -> "n < 3 && p != 'x'";
    };
  }

  private Written.Step step(int depth) {
    String id = generator.nextId();
    boolean deeper = depth < MAX_DEPTH;
    int loops = deeper ? 12 : 0;
    int subworkflows = deeper && generator.mayStartAnother() ? 15 : 0;
    Written.Step step =
        switch (dice.weighted(20, 20, 40, loops, loops / 2, subworkflows)) {
          case 0 -> Written.step(id, "NoOp");
          case 1 -> Written.sleep(id, dice.between(0, 30));
          case 2 -> work(id);
          case 3 -> foreach(id, depth);
          case 4 -> whileLoop(id, depth);
          default -> subworkflow(id);
        };
    if (targets != null) {
      targets.add(id);
    }
    if (dice.chance(30)) {
      step.failing(dice.one(MODES));
    }
    if (dice.chance(10) && !step.body.has("timeout")) {
      step.with("timeout", dice.millis(1_000, 60_000) + " ms");
    }
    if (dice.chance(25)) {
      step.param("q", "LONG", dice.between(1, 2));
    } else if (dice.chance(20)) {
      step.computed("q", "LONG", "n % 2 + 1");
    }
    return step;
  }

  private Written.Step work(String id) {
    Written.Step step = Written.work(id);
    if (dice.chance(50)) {
      step.retrying(dice.few(0, 2), dice.few(0, 2), dice.few(0, 1), dice.between(1, 60));
    }
    List<LeafOutcome> outcomes = new ArrayList<>();
    if (ordered) {
      int count = dice.chance(60) ? dice.few(1, 4) : 0;
      for (int i = 0; i < count; i++) {
        outcomes.add(outcome());
      }
    }
    for (long iteration = 0; iteration < iterations; iteration++) {
      int count = dice.chance(50) ? dice.few(1, 2) : 0;
      for (int i = 0; i < count; i++) {
        outcomes.add(outcome().in(iteration));
      }
    }
    if (!outcomes.isEmpty()) {
      generator.outcomes.put(id, outcomes);
    }
    if (outcomes.stream().anyMatch(outcome -> outcome.fail() == Failure.TIMEOUT)) {
      step.with("timeout", dice.millis(1_000, 60_000) + " ms");
    }
    return step;
  }

  private LeafOutcome outcome() {
    long after = dice.millis(1, 30_000);
    return switch (dice.weighted(45, 20, 12, 15, 8)) {
      case 0 -> LeafOutcome.success(after);
      case 1 -> {
        LeafOutcome user = LeafOutcome.failure(Failure.USER, after);
        yield dice.chance(15) ? user.veto() : user;
      }
      case 2 -> LeafOutcome.failure(Failure.PLATFORM, after);
      case 3 -> LeafOutcome.failure(Failure.FATAL, after);
      default -> LeafOutcome.failure(Failure.TIMEOUT, 0);
    };
  }

  private Written.Step foreach(String id, int depth) {
    Map<String, ObjectNode> loopParams = new LinkedHashMap<>();
    long count = 1;
    int params = dice.few(1, 2);
    for (int i = 0; i < params; i++) {
      long[] values = new long[dice.few(dice.chance(10) ? 0 : 1, 4)];
      for (int v = 0; v < values.length; v++) {
        values[v] = dice.between(0, 4);
      }
      count *= values.length;
      loopParams.put((i == 0 ? "i_" : "j_") + id, Written.param("LONG_ARRAY", values));
    }
    int concurrency = dice.few(1, 4);
    boolean oneByOne = concurrency == 1;
    Level inside =
        new Level(generator, ordered && oneByOne, targets, ordered && !oneByOne ? count : 0);
    Written.Step step =
        Written.loop(
            "foreach", id, loopParams, inside.steps(depth + 1).toArray(Written.Step[]::new));
    step.with("concurrency", concurrency);
    if (dice.chance(20)) {
      step.with("strict_ordering", true);
    }
    return step;
  }

  /** The first step of the loop is created in every iteration, so it can carry the loop param. */
  private Written.Step whileLoop(String id, int depth) {
    String counter = "c_" + id;
    Level inside = new Level(generator, ordered, targets, 0);
    List<Written.Step> steps = inside.steps(depth + 1);
    steps.get(0).computed(counter, "LONG", counter + " + 1");
    return Written.whileLoop(
        id, counter + " < " + dice.few(0, 3), counter, 0, steps.toArray(Written.Step[]::new));
  }

  private Written.Step subworkflow(String id) {
    boolean sync = dice.chance(85);
    Written.Step step = Written.subworkflow(id, generator.another(ordered && sync));
    if (!sync) {
      step.with("sync", false);
    }
    if (dice.chance(30)) {
      step.param("n", "LONG", dice.between(0, 5));
    }
    if (dice.chance(15)) {
      step.with("explicit_params", true);
    }
    return step;
  }
}
