package io.millrace.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.LeafOutcome.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps of a workflow or of a loop.
 *
 * @param depth 1 at the top
 * @param targets takes the steps that actions may be aimed at; null: none here
 * @param ordered whether no step here ever runs twice at once
 * @param iterations how many the loop around has, if they may run at once and the loop itself does
 *     not; else 0
 * @param names of loop params around, all of them whole numbers
 */
record Level(
    Generator generator,
    int depth,
    @Nullable List<Generator.Target> targets,
    boolean ordered,
    long iterations,
    List<String> names) {
  private static final int MAX_DEPTH = 3;
  private static final List<String> MODES =
      List.of("FAIL_AFTER_RUNNING", "FAIL_IMMEDIATELY", "IGNORE_FAILURE");

  static Level top(Generator generator, boolean ordered, @Nullable List<Generator.Target> targets) {
    return new Level(generator, 1, targets, ordered, 0, List.of());
  }

  private Level inside(boolean inOrder, long atOnce, String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new Level(generator, depth + 1, targets, inOrder, atOnce, more);
  }

  private Dice dice() {
    return generator.dice;
  }

  List<Written.Step> steps() {
    int count = depth == 1 && dice().chance(80) ? dice().few(2, 6) : dice().few(1, 3);
    List<Written.Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(step());
    }
    for (int to = 1; to < count; to++) {
      for (int from = 0; from < to; from++) {
        if (dice().chance(from == to - 1 ? 55 : 15)) {
          join(steps.get(from), steps.get(to));
        }
      }
    }
    return steps;
  }

  private void join(Written.Step from, Written.Step to) {
    if (dice().chance(50)) {
      read(from, to);
    }
    from.to(to.body.get("id").textValue(), condition(from));
  }

  /** Lets a step read what came of the foreach or the subworkflow before it. */
  private void read(Written.Step from, Written.Step to) {
    String id = from.body.get("id").textValue();
    if (from.kind.equals("foreach")) {
      ObjectNode first = (ObjectNode) from.body.get("steps").get(0).elements().next();
      if (first.path("params").has("q")) {
        String array =
            "params.getFromForeach('" + id + "', '" + first.get("id").textValue() + "', 'q')";
        to.computed("g", "LONG", array + ".length + " + array + "[0]");
      }
    } else if (from.params().has("q")) {
      to.computed("g", "LONG", id + "__q");
    }
  }

  private String condition(Written.Step step) {
    String own = "p != 'y'";
    if (step.params().has("g")) {
      own = "g > " + dice().between(1, 4);
    } else if (step.params().has("q")) {
      own = "q == " + dice().between(1, 2);
    }
    String around = names.isEmpty() ? "true" : dice().one(names) + " > " + dice().between(0, 2);
    return switch (dice().weighted(40, 15, 8, own.startsWith("p") ? 10 : 50, 6, 8)) {
      case 0 -> "true";
      case 1 -> "n > " + dice().between(0, 4);
      case 2 -> "p == 'x'";
      case 3 -> own;
      case 4 -> "n < 3 && p != 'x'";
      default -> around;
    };
  }

  private Written.Step step() {
    String id = generator.nextId();
    boolean deeper = depth < MAX_DEPTH;
    int loops = deeper ? 15 : 0;
    int subworkflows = deeper && generator.mayStartAnother() ? 15 : 0;
    Written.Step step =
        switch (dice().weighted(20, 20, 40, loops, loops / 2, subworkflows)) {
          case 0 -> Written.step(id, "NoOp");
          case 1 -> Written.sleep(id, dice().between(0, 30));
          case 2 -> work(id);
          case 3 -> foreach(id);
          case 4 -> whileLoop(id);
          default -> subworkflow(id);
        };
    if (targets != null) {
      boolean isLoop = step.kind.equals("foreach") || step.kind.equals("while");
      targets.add(new Generator.Target(id, depth == 2 || (depth == 1 && isLoop)));
    }
    if (dice().chance(40)) {
      step.failing(dice().one(MODES));
    }
    if (dice().chance(10) && !step.body.has("timeout")) {
      step.with("timeout", dice().millis(1_000, 60_000) + " ms");
    }
    if (dice().chance(40)) {
      step.param("q", "LONG", dice().between(1, 2));
      letOutputs(id);
    } else if (dice().chance(20)) {
      step.computed("q", "LONG", "n % 2 + 1");
    }
    return step;
  }

  /** Lets a worker give its step another q. */
  private void letOutputs(String id) {
    List<LeafOutcome> outcomes = new ArrayList<>();
    for (LeafOutcome outcome : generator.outcomes.getOrDefault(id, List.of())) {
      boolean gives = outcome.fail() == null && dice().chance(85);
      outcomes.add(gives ? outcome.giving(Map.of("q", dice().between(1, 3))) : outcome);
    }
    if (!outcomes.isEmpty()) {
      generator.outcomes.put(id, outcomes);
    }
  }

  private Written.Step work(String id) {
    Written.Step step = Written.work(id);
    if (dice().chance(50)) {
      step.retrying(dice().few(0, 2), dice().few(0, 2), dice().few(0, 1), dice().between(1, 60));
    }
    List<LeafOutcome> outcomes = new ArrayList<>();
    if (ordered) {
      int count = dice().chance(60) ? dice().few(1, 4) : 0;
      for (int i = 0; i < count; i++) {
        outcomes.add(outcome());
      }
    }
    for (long iteration = 0; iteration < iterations; iteration++) {
      int count = dice().chance(50) ? dice().few(1, 2) : 0;
      for (int i = 0; i < count; i++) {
        outcomes.add(outcome().in(iteration));
      }
    }
    if (!outcomes.isEmpty()) {
      generator.outcomes.put(id, outcomes);
    }
    if (outcomes.stream().anyMatch(outcome -> outcome.fail() == Failure.TIMEOUT)) {
      step.with("timeout", dice().millis(1_000, 60_000) + " ms");
    }
    return step;
  }

  private LeafOutcome outcome() {
    long after = dice().millis(1, 30_000);
    return switch (dice().weighted(40, 18, 12, 22, 8)) {
      case 0 -> LeafOutcome.success(after);
      case 1 -> {
        LeafOutcome user = LeafOutcome.failure(Failure.USER, after);
        yield dice().chance(15) ? user.veto() : user;
      }
      case 2 -> LeafOutcome.failure(Failure.PLATFORM, after);
      case 3 -> LeafOutcome.failure(Failure.FATAL, after);
      default -> LeafOutcome.failure(Failure.TIMEOUT, 0);
    };
  }

  private Written.Step foreach(String id) {
    Map<String, ObjectNode> loopParams = new LinkedHashMap<>();
    long count = 1;
    int params = dice().few(1, 2);
    for (int i = 0; i < params; i++) {
      long[] values = new long[dice().few(dice().chance(10) ? 0 : 1, 5)];
      for (int v = 0; v < values.length; v++) {
        values[v] = dice().between(0, 4);
      }
      count *= values.length;
      loopParams.put((i == 0 ? "i_" : "j_") + id, Written.param("LONG_ARRAY", values));
    }
    int concurrency = dice().few(dice().chance(60) ? 2 : 1, 4);
    boolean atOnce = concurrency > 1;
    String name = dice().one(List.copyOf(loopParams.keySet()));
    Level inside = inside(ordered && !atOnce, ordered && atOnce ? count : 0, name);
    Written.Step step =
        Written.loop("foreach", id, loopParams, inside.steps().toArray(Written.Step[]::new));
    step.with("concurrency", concurrency);
    if (dice().chance(40)) {
      step.with("strict_ordering", true);
    }
    return step;
  }

  /** The first step of the loop is created in every iteration, so it can carry the loop param. */
  private Written.Step whileLoop(String id) {
    String counter = "c_" + id;
    List<Written.Step> steps = inside(ordered, 0, counter).steps();
    steps.get(0).computed(counter, "LONG", counter + " + 1");
    return Written.whileLoop(
        id, counter + " < " + dice().few(0, 3), counter, 0, steps.toArray(Written.Step[]::new));
  }

  private Written.Step subworkflow(String id) {
    boolean sync = dice().chance(85);
    Written.Step step = Written.subworkflow(id, generator.another(ordered && sync));
    if (!sync) {
      step.with("sync", false);
    }
    if (dice().chance(30)) {
      step.param("n", "LONG", dice().between(0, 5));
    }
    if (dice().chance(35)) {
      step.with("explicit_params", true);
    }
    return step;
  }
}
