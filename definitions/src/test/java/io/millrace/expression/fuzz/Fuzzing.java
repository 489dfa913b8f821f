package io.millrace.expression.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Runs a target with one seed after the other, and counts. */
public final class Fuzzing {
  private static final int INPUTS_A_SEED = 100;
  private static final int SHOWN_FAILURES = 20;

  private final FuzzTarget target;
  private final Map<String, Long> endings = new TreeMap<>();
  private final List<String> shown = new ArrayList<>();
  private long seeds;
  private long inputs;
  private long failures;

  public Fuzzing(FuzzTarget target) {
    this.target = target;
  }

  /** Runs the seeds from {@code first} on while {@code goOn} says so. */
  public Fuzzing run(long first, BooleanSupplier goOn) {
    for (long seed = first; goOn.getAsBoolean(); seed++) {
      Random random = new Random(seed);
      for (int i = 0; i < INPUTS_A_SEED; i++) {
        run(seed, target.next(random));
      }
      seeds++;
    }
    return this;
  }

  private void run(long seed, byte[] input) {
    inputs++;
    try {
      endings.merge(target.run(input), 1L, Long::sum);
    } catch (Throwable broken) {
      // Errors too: a full stack or heap is what this looks for.
      failures++;
      if (shown.size() < SHOWN_FAILURES) {
        shown.add(
            "seed %d: %s%n  input: %s"
                .formatted(seed, broken, new String(input, StandardCharsets.UTF_8)));
        System.out.println(shown.get(shown.size() - 1));
      }
    }
  }

  /** The first failures, each with its seed and its input. */
  public List<String> failures() {
    return List.copyOf(shown);
  }

  /** How often each ending came. */
  public Map<String, Long> endings() {
    return Map.copyOf(endings);
  }

  /** The figures of this run, in one line. */
  public String figures() {
    return "%s: %d seeds, %d inputs, %d different endings %s, %d failures"
        .formatted(target.name(), seeds, inputs, endings.size(), endings, failures);
  }
}
