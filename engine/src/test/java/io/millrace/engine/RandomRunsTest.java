package io.millrace.engine;

import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.engine.scenario.StepText;
import io.millrace.engine.scenario.WorkflowText;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random workflows under random luck: whatever workers, users and the clock do, in whatever order
 * and however often, the invariants hold after each command, every decision taken again is the
 * same, and in the end every run has ended and nothing is left.
 */
class RandomRunsTest {
  private static final int STORIES = Integer.getInteger("random.stories", 150);
  private static final long COVERING_SEED = 1;
  private static final int COVERING_STORIES = 400;
  private static final String[] MODES = {
    "FAIL_AFTER_RUNNING", "FAIL_IMMEDIATELY", "IGNORE_FAILURE"
  };

  /** Every transition of a step that this release can make; the table has more, for later ones. */
  private static final String[] REACHABLE = {
    "NOT_CREATED>CREATED",
    "CREATED>INITIALIZED",
    "INITIALIZED>WAITING_FOR_SIGNALS",
    "WAITING_FOR_SIGNALS>EVALUATING_PARAMS",
    "EVALUATING_PARAMS>WAITING_FOR_PERMITS",
    "WAITING_FOR_PERMITS>STARTING",
    "STARTING>RUNNING",
    "STARTING>PLATFORM_FAILED",
    "STARTING>FATALLY_FAILED",
    "RUNNING>FINISHING",
    "RUNNING>USER_FAILED",
    "RUNNING>PLATFORM_FAILED",
    "RUNNING>TIMEOUT_FAILED",
    "RUNNING>FATALLY_FAILED",
    "RUNNING>STOPPED",
    "RUNNING>TIMED_OUT",
    "FINISHING>SUCCEEDED",
    "USER_FAILED>CREATED",
    "USER_FAILED>STOPPED",
    "USER_FAILED>TIMED_OUT",
    "PLATFORM_FAILED>CREATED",
    "PLATFORM_FAILED>STOPPED",
    "PLATFORM_FAILED>TIMED_OUT",
    "TIMEOUT_FAILED>CREATED",
    "TIMEOUT_FAILED>STOPPED",
    "TIMEOUT_FAILED>TIMED_OUT",
    "FATALLY_FAILED>COMPLETED_WITH_ERROR",
  };

  @Test
  void shouldHoldItsPromisesWhateverHappens() {
    long seed = Long.getLong("random.seed", System.nanoTime());
    System.out.println("RandomRunsTest random.seed=" + seed);

    assertThat(tell(seed, STORIES)).isNotEmpty();
  }

  @Test
  void shouldComeAcrossEveryTransitionThereIs() {
    assertThat(tell(COVERING_SEED, COVERING_STORIES)).containsExactlyInAnyOrder(REACHABLE);
  }

  private static Set<String> tell(long seed, int stories) {
    Set<String> transitions = new TreeSet<>();
    Random seeds = new Random(seed);
    for (int story = 0; story < stories; story++) {
      long own = seeds.nextLong();
      try {
        transitions.addAll(new Story(own).tell());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("story " + story + " of seed " + seed + " (" + own + ")", e);
      }
    }
    return transitions;
  }

  /** One random workflow, some runs of it, and what the world does to them. */
  private static final class Story {
    private static final int MAX_STEPS = 9;
    private static final int MAX_RUNS = 5;
    private static final int MAX_EVENTS = 60;

    private final Random random;
    private final Scenario scenario;
    private final int runs;
    private final List<Report> said = new ArrayList<>();

    Story(long seed) {
      random = new Random(seed);
      scenario = Scenario.given(definition());
      runs = 1 + random.nextInt(MAX_RUNS);
    }

    Set<String> tell() {
      for (int run = 1; run <= runs; run++) {
        scenario.start("w", "r" + run, Map.of());
        if (random.nextInt(4) == 0) {
          scenario.start("w", "r" + (1 + random.nextInt(run)), Map.of());
        }
      }
      for (int i = 0; i < MAX_EVENTS; i++) {
        somethingHappens();
      }
      everythingEnds();
      return scenario.transitions();
    }

    private void somethingHappens() {
      switch (random.nextInt(10)) {
        case 0 -> scenario.passes(Duration.ofMillis(random.nextInt(5_000)));
        case 1 -> scenario.passToNextTimer();
        case 2 -> repeat();
        case 3 -> {
          if (random.nextInt(8) == 0) {
            scenario.stop("w/" + (1 + random.nextInt(runs + 1)));
          }
        }
        case 4 -> scenario.tell(Scenario.address("w/" + (1 + random.nextInt(runs))), hint());
        case 5 -> scenario.room(random.nextBoolean());
        default -> answer();
      }
    }

    /** A worker answers one of the tasks, the open ones and those of long ago. */
    private void answer() {
      List<Task> tasks = scenario.tasks();
      if (!tasks.isEmpty()) {
        Task task = tasks.get(random.nextInt(tasks.size()));
        Report report = report(task);
        said.add(report);
        scenario.deliver(report);
      }
    }

    private void repeat() {
      if (!said.isEmpty()) {
        scenario.deliver(said.get(random.nextInt(said.size())));
      }
    }

    private Message hint() {
      return switch (random.nextInt(3)) {
        case 0 -> new Message.Due();
        case 1 -> new Message.Nudge();
        default -> new Message.Room();
      };
    }

    private Report report(Task task) {
      Report.Kind[] kinds = {
        Report.Kind.STARTED,
        Report.Kind.PROGRESS,
        Report.Kind.SUCCEEDED,
        Report.Kind.SUCCEEDED,
        Report.Kind.FAILED,
        Report.Kind.FAILED
      };
      Report.Kind kind = kinds[random.nextInt(kinds.length)];
      boolean failed = kind == Report.Kind.FAILED;
      Report.Failure[] failures = Report.Failure.values();
      return new Report(
          Task.PROTOCOL,
          task.dispatchId(),
          kind,
          "w",
          Map.of(),
          failed ? failures[random.nextInt(failures.length)] : null,
          failed ? random.nextInt(5) != 0 : null,
          failed ? "bad luck" : null,
          null,
          null,
          null);
    }

    private void everythingEnds() {
      scenario.room(true);
      for (int i = 0; i < 2_000 && ended().size() < runs; i++) {
        for (Task task : scenario.tasks()) {
          scenario.deliver(
              new Report(
                  Task.PROTOCOL,
                  task.dispatchId(),
                  Report.Kind.SUCCEEDED,
                  null,
                  Map.of(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  null));
        }
        scenario.passToNextTimer();
      }
      assertThat(ended()).as("runs that ended").hasSize(runs);
      scenario.passes(Duration.ofDays(61));
      assertThat(scenario.machines()).containsExactly(MachineAddress.workflow("w"));
      assertThat(scenario.nextTimer()).as("timers that are left").isEqualTo(-1);
    }

    private Set<String> ended() {
      Set<String> ended = new HashSet<>();
      for (TimelineEvent event : scenario.timeline()) {
        if (event.event() instanceof TimelineEvent.RunStatusChanged change
            && change.statuses().stream().anyMatch(RunStatus::isTerminal)) {
          ended.add(change.run());
        }
      }
      return ended;
    }

    private WorkflowText definition() {
      int count = 1 + random.nextInt(MAX_STEPS);
      List<StepText> steps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        steps.add(step(i).to(successors(i, count)));
      }
      Collections.shuffle(steps, random);
      WorkflowText text = workflow("w").steps(steps);
      if (random.nextBoolean()) {
        text.parallel(1 + random.nextInt(3));
      }
      return random.nextInt(4) == 0 ? text.timeout("20 seconds") : text;
    }

    private StepText step(int number) {
      String id = "s" + number;
      return switch (random.nextInt(6)) {
        case 0 -> StepText.noOp(id);
        case 1 -> StepText.sleep(id, random.nextInt(20));
        case 2 -> luckless(StepText.step(id, "undeclared"));
        default -> luckless(StepText.work(id)).timeout((1 + random.nextInt(30)) + " seconds");
      };
    }

    private StepText luckless(StepText step) {
      return step.failureMode(MODES[random.nextInt(MODES.length)])
          .retries(random.nextInt(3), random.nextInt(3), random.nextInt(3), 1 + random.nextInt(15));
    }

    private String[] successors(int number, int count) {
      return random
          .ints(0, count)
          .limit(2)
          .filter(other -> other > number)
          .distinct()
          .mapToObj(other -> "s" + other)
          .toArray(String[]::new);
    }
  }
}
