package io.millrace.bench.check;

import io.millrace.address.InstanceAddress;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every iteration of a loop begins once and ends once, in each of its runs, and none of a loop's
 * first runs is left out. If it is known how many a loop has, each is there and has succeeded.
 */
final class LoopLedger {
  /** Of one loop, in so manieth runs of its iterations; the bits are the iterations. */
  private static final class Iterations {
    private final BitSet begun = new BitSet();
    private final BitSet ended = new BitSet();
    private final BitSet succeeded = new BitSet();
    private final Map<String, BitSet> endedSteps = new HashMap<>();
  }

  /** Iteration 3 of loop {@code workflow/7/fe}, as {@code workflow/7/fe/3:1}. */
  private record Place(String loop, int iteration, String run) {
    /** Null if it is no iteration's run. */
    static @Nullable Place of(String run) {
      int colon = run.lastIndexOf(':');
      InstanceAddress address = InstanceAddress.parse(run.substring(0, colon)).orElse(null);
      if (address == null || address.isWorkflowInstance()) {
        return null;
      }
      String text = address.toString();
      String loop = text.substring(0, text.lastIndexOf('/'));
      int depth = address.segments().size();
      long iteration = address.segments().get(depth - 1).number();
      return new Place(loop, Math.toIntExact(iteration), run.substring(colon));
    }

    String name() {
      return loop + "/" + iteration + run;
    }
  }

  private static final String FIRST_RUN = ":1";

  private final Map<String, Map<String, Iterations>> loops = new TreeMap<>();
  private final Map<String, RunStatus> roots = new TreeMap<>();
  private final Findings findings;
  private final int expected;

  /**
   * @param expected iterations of every loop, which all succeed, as do the runs; 0: not known
   */
  LoopLedger(Findings findings, int expected) {
    this.findings = findings;
    this.expected = expected;
  }

  void changed(TimelineEvent.RunStatusChanged change) {
    Place place = Place.of(change.run());
    for (RunStatus status : change.statuses()) {
      if (place != null) {
        changed(place, status);
      } else if (status.isTerminal()) {
        roots.put(change.run(), status);
      }
    }
  }

  private void changed(Place place, RunStatus status) {
    Iterations iterations = iterations(place);
    if (status == RunStatus.CREATED) {
      add(iterations.begun, place, "Begun twice: iteration " + place.name() + ".");
    } else if (status.isTerminal()) {
      add(iterations.ended, place, "Ended twice: iteration " + place.name() + ".");
      iterations.succeeded.set(place.iteration(), status == RunStatus.SUCCEEDED);
      if (!iterations.begun.get(place.iteration())) {
        findings.broken("Ended before it began: iteration " + place.name() + ".");
      }
    }
  }

  void changed(TimelineEvent.StepStatusChanged change) {
    Place place = Place.of(change.run());
    boolean ended = change.statuses().stream().anyMatch(StepStatus::isTerminal);
    if (place != null && ended) {
      String attempt = change.stepId() + "@" + change.attempt();
      BitSet steps = iterations(place).endedSteps.computeIfAbsent(attempt, step -> new BitSet());
      add(steps, place, "Ended twice: step " + attempt + " of iteration " + place.name() + ".");
    }
  }

  private Iterations iterations(Place place) {
    return loops
        .computeIfAbsent(place.loop(), loop -> new TreeMap<>())
        .computeIfAbsent(place.run(), run -> new Iterations());
  }

  private void add(BitSet bits, Place place, String twice) {
    if (bits.get(place.iteration())) {
      findings.broken(twice);
    }
    bits.set(place.iteration());
  }

  /** Looks for what is missing, when all events are taken. */
  void end() {
    loops.forEach((loop, runs) -> runs.forEach((run, of) -> end(loop, run, of)));
    if (expected > 0) {
      if (loops.isEmpty()) {
        findings.broken("Lost: no loop is on the timeline.");
      }
      roots.forEach(
          (run, status) -> {
            if (status != RunStatus.SUCCEEDED) {
              findings.broken("Not succeeded: run " + run + " is " + status + ".");
            }
          });
    }
  }

  private void end(String loop, String run, Iterations of) {
    findings.count("iterations begun", of.begun.cardinality());
    findings.count("iterations ended", of.ended.cardinality());
    findings.count("iterations SUCCEEDED", of.succeeded.cardinality());
    if (run.equals(FIRST_RUN)) {
      int all = expected > 0 ? expected : of.begun.length();
      for (int i = of.begun.nextClearBit(0); i < all; i = of.begun.nextClearBit(i + 1)) {
        findings.broken("Lost: iteration " + loop + "/" + i + " never began.");
      }
      for (int i = of.begun.nextSetBit(all); i >= 0; i = of.begun.nextSetBit(i + 1)) {
        findings.broken("Made up: iteration " + loop + "/" + i + " of " + all + ".");
      }
    }
    for (int i = of.begun.nextSetBit(0); i >= 0; i = of.begun.nextSetBit(i + 1)) {
      if (!of.ended.get(i)) {
        findings.broken("Not ended: iteration " + loop + "/" + i + run + ".");
      } else if (expected > 0 && !of.succeeded.get(i)) {
        findings.broken("Not succeeded: iteration " + loop + "/" + i + run + ".");
      }
    }
  }
}
