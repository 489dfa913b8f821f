package io.millrace.cli;

import io.millrace.engine.simulation.play.SimulatedRun;
import io.millrace.engine.simulation.play.SimulatedStep;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.List;

/** Compares a run with what was expected of it: "Expected ..., but ..." for each difference. */
final class Differences {
  private final SimulatedRun run;
  private final List<String> found = new ArrayList<>();

  private Differences(SimulatedRun run) {
    this.run = run;
  }

  /** In the order of the expectation; empty if it is met. */
  static List<String> of(Expectation expected, SimulatedRun run) {
    Differences differences = new Differences(run);
    differences.compare(expected);
    return List.copyOf(differences.found);
  }

  private void compare(Expectation expected) {
    if (expected.status() != null && expected.status() != run.status()) {
      String why = run.reason() == null ? "" : " (" + run.reason() + ")";
      tell("the run to be " + expected.status(), "it is " + run.status() + why);
    }
    Long wanted = expected.elapsedMs();
    if (wanted != null && !wanted.equals(run.elapsedMs())) {
      tell(
          "the run to take " + wanted + " ms",
          run.elapsedMs() == null ? "it has not ended" : "it took " + run.elapsedMs() + " ms");
    }
    expected.steps().forEach(this::step);
    expected
        .leafCounts()
        .forEach(
            (status, count) -> {
              long counted = run.leafCounts().getOrDefault(status, 0L);
              if (counted != count) {
                tell(count + " leaf steps to be " + status, counted + " are");
              }
            });
    expected
        .children()
        .forEach(
            (step, count) -> {
              long counted = run.childCounts().getOrDefault(step, 0L);
              if (counted != count) {
                tell("step '" + step + "' to have " + count + " children", "it has " + counted);
              }
            });
    events(expected.events());
  }

  private void step(String id, Expectation.Step expected) {
    SimulatedStep step = run.steps().get(id);
    String what = "step '" + id + "'";
    if (step == null) {
      boolean meant = expected.status() == StepStatus.NOT_CREATED;
      if (!meant) {
        String toBe = expected.status() == null ? " to be there" : " to be " + expected.status();
        tell(what + toBe, "it was never created");
      }
      return;
    }
    if (expected.status() != null && expected.status() != step.status()) {
      tell(what + " to be " + expected.status(), "it is " + step.status());
    }
    Long attempts = expected.attempts();
    if (attempts != null && attempts != step.attempts()) {
      tell(what + " to have " + attempts + " attempts", "it has " + step.attempts());
    }
    expected
        .params()
        .forEach(
            (name, value) -> {
              String param = "param '" + name + "' of " + what;
              if (!step.params().containsKey(name)) {
                tell(param + " to be " + SimulationJson.plain(value), "it is not there");
              } else {
                String wanted = SimulationJson.plain(value).toString();
                String is = SimulationJson.plain(step.params().get(name)).toString();
                if (!wanted.equals(is)) {
                  tell(param + " to be " + wanted, "it is " + is);
                }
              }
            });
  }

  private void events(List<Expectation.Event> expected) {
    List<Change> changes = new ArrayList<>();
    run.events().forEach(event -> changes(event.event(), changes));
    int from = 0;
    for (Expectation.Event event : expected) {
      int at = from;
      while (at < changes.size() && !changes.get(at).is(event)) {
        at++;
      }
      if (at == changes.size()) {
        tell(
            event.text() + (from == 0 ? "" : " after what is expected before"),
            "the timeline does not say so");
        return;
      }
      from = at + 1;
    }
  }

  /** One change of status; {@code step} is empty for the run itself. */
  private record Change(String step, long attempt, String status) {
    boolean is(Expectation.Event event) {
      Long wanted = event.attempt();
      return step.equals(event.step() == null ? "" : event.step())
          && (wanted == null || wanted == attempt)
          && status.equals(event.status());
    }
  }

  private static void changes(TimelineEvent.Happening happening, List<Change> changes) {
    if (happening instanceof TimelineEvent.StepStatusChanged step) {
      step.statuses()
          .forEach(status -> changes.add(new Change(step.stepId(), step.attempt(), status.name())));
    } else if (happening instanceof TimelineEvent.RunStatusChanged changed) {
      changed.statuses().forEach(status -> changes.add(new Change("", 0, status.name())));
    }
  }

  private void tell(String expected, String finding) {
    found.add(Printable.oneLine("Expected " + expected + ", but " + finding + "."));
  }
}
