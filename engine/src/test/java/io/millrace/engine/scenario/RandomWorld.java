package io.millrace.engine.scenario;

import io.millrace.definition.FailureMode;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A story made up by dice: a random workflow in a cluster that delivers in random order, and users
 * and workers who do anything at any time. Equal seeds make equal stories.
 */
final class RandomWorld {
  private static final int EVENTS = 40;
  private static final int REQUESTS = 6;

  private final Random dice;
  private final Scenario scenario;
  private final int concurrency;

  RandomWorld(Scenarios scenarios, long seed) {
    dice = new Random(seed);
    Random order = new Random(seed + 1);
    concurrency = dice.nextInt(4);
    scenario =
        scenarios.given(
            Scenarios.World.DEFAULT
                .with(limits(dice.nextBoolean() ? 1 + dice.nextInt(4) : 256))
                .with(Broken.TYPES)
                .with(order::nextInt),
            workflow());
  }

  private static EngineLimits limits(int followUpsPerTurn) {
    return EngineLimits.DEFAULT.withFollowUpsPerTurn(followUpsPerTurn);
  }

  VirtualCluster cluster() {
    return scenario.cluster();
  }

  // ---- the workflow

  private GivenWorkflow workflow() {
    int count = 1 + dice.nextInt(12);
    GivenStep[] steps = new GivenStep[count];
    for (int i = 0; i < count; i++) {
      steps[i] = step("s" + i);
      for (int before = 0; before < i; before++) {
        if (chance(25)) {
          steps[before].then("s" + i);
        }
      }
    }
    GivenWorkflow workflow = GivenWorkflow.of(steps);
    if (chance(20)) {
      workflow.timeout(Duration.ofSeconds(1 + dice.nextInt(600)));
    }
    return concurrency == 0 ? workflow : workflow.parallel(concurrency);
  }

  private GivenStep step(String id) {
    int type = dice.nextInt(100);
    GivenStep step;
    if (type < 25) {
      step = GivenStep.noOp(id);
    } else if (type < 45) {
      step = GivenStep.sleep(id, Duration.ofSeconds(dice.nextInt(120)));
    } else if (type < 48) {
      step = GivenStep.ofType(id, "Nowhere");
    } else if (type < 50) {
      step = GivenStep.ofType(id, chance(50) ? "BrokenAtDue" : "BrokenAtBegin");
    } else {
      step = watched(GivenStep.worker(id).param("rows", 0));
    }
    step.errorRetries(dice.nextInt(3))
        .platformRetries(dice.nextInt(3))
        .timeoutRetries(dice.nextInt(3));
    step.mode(oneOf(FailureMode.values()));
    if (chance(40)) {
      step.timeout(Duration.ofSeconds(1 + dice.nextInt(200)));
    }
    if (chance(50)) {
      step.fixedBackoff(
          Duration.ofSeconds(1 + dice.nextInt(30)),
          Duration.ofSeconds(1 + dice.nextInt(30)),
          Duration.ofSeconds(1 + dice.nextInt(30)));
    }
    return step;
  }

  private GivenStep watched(GivenStep step) {
    if (chance(30)) {
      step.heartbeatTimeout(Duration.ofSeconds(1 + dice.nextInt(60)));
    }
    if (chance(30)) {
      step.scheduleToStartTimeout(Duration.ofSeconds(1 + dice.nextInt(60)));
    }
    return step;
  }

  private boolean chance(int percent) {
    return dice.nextInt(100) < percent;
  }

  private <T> T oneOf(T[] all) {
    return List.of(all).get(dice.nextInt(all.length));
  }

  // ---- what happens

  /** Anything, and between it the invariants. */
  void live() {
    for (int event = 0; event < EVENTS; event++) {
      happen();
      if (chance(20)) {
        Invariants.check(cluster());
      }
    }
  }

  private void happen() {
    int what = dice.nextInt(100);
    if (what < 15) {
      scenario.whenStarted("request-" + dice.nextInt(REQUESTS));
    } else if (what < 65) {
      report();
    } else if (what < 80) {
      scenario.whenTimePasses(Duration.ofMillis(dice.nextInt(90_000)));
    } else if (what < 86) {
      cluster().nextTimer().ifPresent(cluster()::advanceTo);
    } else if (what < 90) {
      anyRun().whenStopped();
    } else if (what < 93) {
      anyRun().whenWatched(Duration.ofSeconds(dice.nextInt(60)));
    } else if (what < 96) {
      cluster().room(chance(50));
      cluster().deliver();
    } else if (what < 98) {
      cluster().forgetWhoAwaitsRoom();
      cluster().restartAfter(Duration.ofMillis(dice.nextInt(90_000)));
    } else {
      scenario.whenPushed(workflow());
    }
  }

  private Scenario anyRun() {
    return scenario.ofRun(1 + dice.nextInt(REQUESTS));
  }

  /** One or several reports at once, each of any task there ever was, mostly of a late one. */
  private void report() {
    List<Task> tasks = cluster().outcome().tasks();
    for (int reports = 1 + dice.nextInt(3); reports > 0 && !tasks.isEmpty(); reports--) {
      int back = dice.nextInt(chance(70) ? Math.min(3, tasks.size()) : tasks.size());
      Task task = tasks.get(tasks.size() - 1 - back);
      cluster().send(machineOf(task), new Message.Reported(says(task)));
    }
    cluster().deliver();
  }

  private static MachineAddress machineOf(Task task) {
    return new MachineAddress(
        MachineAddress.Kind.INSTANCE, task.run().substring(0, task.run().lastIndexOf(':')));
  }

  private Report says(Task task) {
    int what = dice.nextInt(100);
    if (what < 8) {
      return WorkerSays.started(task);
    }
    if (what < 14) {
      return WorkerSays.heartbeat(task);
    }
    if (what < 20) {
      return WorkerSays.progress(task, "Still at it.");
    }
    if (what < 60) {
      return WorkerSays.succeeded(
          task, chance(50) ? Map.of() : Map.of("rows", new ParamValue.Int(dice.nextInt())));
    }
    if (what < 65) {
      return WorkerSays.succeeded(task, Map.of("nobody", new ParamValue.Int(1)));
    }
    Report.Failure whose = oneOf(Report.Failure.values());
    return WorkerSays.failed(task, whose, chance(90));
  }

  // ---- the end

  /** Workers answer all, and time passes until no run goes on. */
  void end() {
    cluster().room(true);
    cluster().advanceTo(cluster().now());
    while (scenario.toldWorkflow().running() + scenario.toldWorkflow().queued() > 0) {
      for (Task task : openTasks()) {
        cluster().send(machineOf(task), new Message.Reported(says(task)));
      }
      cluster().deliver();
      cluster()
          .nextTimer()
          .ifPresentOrElse(
              cluster()::advanceTo,
              () -> {
                throw new AssertionError("Runs go on, but nothing will wake them.");
              });
    }
  }

  private List<Task> openTasks() {
    List<String> open = new ArrayList<>();
    for (MachineAddress machine : cluster().machines()) {
      cluster().envelope(machine).ifPresent(envelope -> open.addAll(envelope.openTasks()));
    }
    return cluster().outcome().tasks().stream()
        .filter(task -> open.contains(task.dispatchId()))
        .toList();
  }

  MachineAddress workflowMachine() {
    return scenario.workflow();
  }
}
