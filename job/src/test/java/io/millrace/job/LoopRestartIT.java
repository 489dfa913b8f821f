package io.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Report;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foreach in a foreach in a while on the whole job, restarted after failures in its middle. */
final class LoopRestartIT {
  private static final Set<String> FAILING =
      Set.of("flow/1/rounds/1/tables/0/parts/1:1", "flow/1/rounds/1/tables/1/parts/0:1");

  @Test
  void shouldRunOnlyTheIncompleteIterationsAgain(@TempDir Path directory) throws Exception {
    try (JobRig rig = new JobRig(directory, "--queues", "load", "--checkpoint-interval", "200ms");
        JobRig.Reader tasks = rig.reader(rig.topics().tasks("load"));
        JobRig.Reader timeline = rig.reader(rig.topics().timeline())) {
      // given: eight innermost iterations, of which two fail
      rig.awaitRunning();
      rig.send(rig.topics().definitions(), "flow", definition(), null);
      timeline.await(
          TimelineEvent.class,
          all -> all.stream().anyMatch(e -> e.event() instanceof TimelineEvent.VersionPushed));
      rig.send(
          rig.topics().triggers(),
          "flow",
          new StartRequest("flow", null, "first", Map.of(), "ada", false),
          null);
      work(rig, tasks, 0, 4);
      work(rig, tasks, 4, 8);
      awaitEnd(timeline, "flow/1:1", RunStatus.FAILED);

      // when
      rig.send(
          rig.topics().actions(),
          "flow",
          new ActionRequest(
              Action.RESTART,
              "flow/1",
              null,
              null,
              "ada",
              null,
              null,
              RestartPolicy.FROM_INCOMPLETE,
              Map.of(),
              "second"),
          null);
      work(rig, tasks, 8, 10);

      // then: of the ten tasks two are second attempts, and only where the first had failed
      awaitEnd(timeline, "flow/1:2", RunStatus.SUCCEEDED);
      assertThat(attempts(awaitEnds(timeline, 10)))
          .isEqualTo(
              Map.of(
                  "flow/1/rounds/0/tables/0/parts/0", List.of("1:1 SUCCEEDED"),
                  "flow/1/rounds/0/tables/0/parts/1", List.of("1:1 SUCCEEDED"),
                  "flow/1/rounds/0/tables/1/parts/0", List.of("1:1 SUCCEEDED"),
                  "flow/1/rounds/0/tables/1/parts/1", List.of("1:1 SUCCEEDED"),
                  "flow/1/rounds/1/tables/0/parts/0", List.of("1:1 SUCCEEDED"),
                  "flow/1/rounds/1/tables/0/parts/1",
                      List.of("1:1 FATALLY_FAILED", "2:1 SUCCEEDED"),
                  "flow/1/rounds/1/tables/1/parts/0",
                      List.of("1:1 FATALLY_FAILED", "2:1 SUCCEEDED"),
                  "flow/1/rounds/1/tables/1/parts/1", List.of("1:1 SUCCEEDED")));
    }
  }

  /** Waits for the tasks up to {@code until} and answers those from {@code from} on. */
  private static void work(JobRig rig, JobRig.Reader tasks, int from, int until) {
    List<Task> given = tasks.await(Task.class, all -> all.size() >= until);
    assertThat(given).hasSize(until);
    given
        .subList(from, until)
        .forEach(task -> rig.send(rig.topics().reports(), "flow", report(task), null));
  }

  private static Report report(Task task) {
    boolean fails = FAILING.contains(task.run());
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        fails ? Report.Kind.FAILED : Report.Kind.SUCCEEDED,
        "loader",
        Map.<String, ParamValue>of(),
        fails ? Report.Failure.FATAL : null,
        null,
        fails ? "no such part" : null,
        null,
        null,
        null);
  }

  private static List<TimelineEvent> awaitEnd(
      JobRig.Reader timeline, String run, RunStatus status) {
    return timeline.await(
        TimelineEvent.class,
        all ->
            all.stream()
                .anyMatch(
                    event ->
                        event.event() instanceof TimelineEvent.RunStatusChanged changed
                            && changed.run().equals(run)
                            && changed.statuses().contains(status)));
  }

  /**
   * The timeline with so many ends of {@code load}. Each subtask commits what it wrote before a
   * checkpoint by itself, so a reader may see the end of the run before those of its iterations.
   */
  private static List<TimelineEvent> awaitEnds(JobRig.Reader timeline, int count) {
    return timeline.await(
        TimelineEvent.class,
        all -> attempts(all).values().stream().mapToInt(List::size).sum() >= count);
  }

  /** Of the step {@code load}: {@code run:attempt STATUS} of each end, by iteration. */
  private static Map<String, List<String>> attempts(List<TimelineEvent> events) {
    return events.stream()
        .filter(
            event ->
                event.event() instanceof TimelineEvent.StepStatusChanged changed
                    && changed.stepId().equals("load"))
        .collect(
            Collectors.groupingBy(
                TimelineEvent::address,
                TreeMap::new,
                Collectors.flatMapping(
                    event -> ends((TimelineEvent.StepStatusChanged) event.event()).stream(),
                    Collectors.toList())));
  }

  private static List<String> ends(TimelineEvent.StepStatusChanged changed) {
    String run = changed.run().substring(changed.run().lastIndexOf(':') + 1);
    return changed.statuses().stream()
        .filter(StepStatus::isTerminal)
        .map(status -> run + ":" + changed.attempt() + " " + status)
        .toList();
  }

  private static byte[] definition() {
    return """
    {"properties": {"owner": "ada"},
     "workflow": {"id": "flow", "name": "Rounds of tables of parts", "steps": [
       {"while": {"id": "rounds", "condition": "round < 2",
         "params": {"loop_params": {"type": "MAP", "value": {
           "round": {"type": "LONG", "value": 0}}}},
         "steps": [
           {"foreach": {"id": "tables", "transition": {"successors": {"next": "true"}},
             "params": {"loop_params": {"type": "MAP", "value": {
               "table": {"type": "STRING_ARRAY", "value": ["orders", "items"]}}}},
             "steps": [
               {"foreach": {"id": "parts",
                 "params": {"loop_params": {"type": "MAP", "value": {
                   "part": {"type": "LONG_ARRAY", "expression": "Util.intsBetween(0, 2, 1)"}}}},
                 "steps": [
                   {"step": {"id": "load", "type": "Load"}}]}}]}},
           {"step": {"id": "next", "type": "NoOp", "params": {
             "round": {"type": "LONG", "expression": "round + 1"}}}}]}}]},
     "is_active": true}
    """
        .getBytes(StandardCharsets.UTF_8);
  }
}
