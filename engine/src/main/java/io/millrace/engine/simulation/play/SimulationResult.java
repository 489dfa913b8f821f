package io.millrace.engine.simulation.play;

import io.millrace.protocol.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a simulation.
 *
 * @param runs the root runs, in the order of their creation; each restart is a run of its own
 * @param notes what the scenario asked for in vain, and faults of the engine, one sentence each
 */
public record SimulationResult(List<SimulatedRun> runs, List<String> notes) {
  public SimulationResult {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /** Whether there was a run, and the latest one of every instance succeeded. */
  public boolean succeeded() {
    Map<String, RunStatus> latest = new LinkedHashMap<>();
    runs.forEach(run -> latest.put(run.workflowId() + "/" + run.instance(), run.status()));
    return !latest.isEmpty()
        && latest.values().stream().allMatch(status -> status == RunStatus.SUCCEEDED);
  }
}
