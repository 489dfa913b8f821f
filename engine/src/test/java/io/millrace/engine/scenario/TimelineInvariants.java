package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.WorkerTimeout;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.run.Dag;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.step.StepLifecycle;
import io.millrace.expression.Expression;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.TimelineEvent.RunStatusChanged;
import io.millrace.protocol.TimelineEvent.StartAccepted;
import io.millrace.protocol.TimelineEvent.StepStatusChanged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every timeline: no gaps, time does not fall, each change is legal, a step
 * begins only after its predecessors, a run ends once and nothing of it follows.
 */
final class TimelineInvariants {
  /** One change of a status. */
  record Transition(StepStatus from, StepStatus to) {}

  private static final Set<StepStatus> ANSWERS =
      Set.of(
          StepStatus.FINISHING,
          StepStatus.USER_FAILED,
          StepStatus.PLATFORM_FAILED,
          StepStatus.FATALLY_FAILED);

  private final VirtualCluster cluster;
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, Long> times = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, Dag> dags = new HashMap<>();
  private final Map<String, RunStatus> runs = new HashMap<>();
  private final Map<String, Map<String, StepStatus>> steps = new HashMap<>();
  private final Map<String, Long> attempts = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<Transition> transitions = new LinkedHashSet<>();

  TimelineInvariants(VirtualCluster cluster) {
    this.cluster = cluster;
  }

  /** All changes of steps that have happened. */
  static Set<Transition> transitions(VirtualCluster cluster) {
    TimelineInvariants timeline = new TimelineInvariants(cluster);
    timeline.check();
    return timeline.transitions;
  }

  void check() {
    for (TimelineEvent event : cluster.outcome().timeline()) {
      String address = event.address();
      assertThat(event.sequence())
          .as("sequence of " + address)
          .isEqualTo(sequences.merge(address, 1L, Long::sum));
      assertThat(event.at())
          .as("time of " + address)
          .isGreaterThanOrEqualTo(times.getOrDefault(address, 0L));
      times.put(address, event.at());
      if (event.event() instanceof StartAccepted accepted) {
        versions.put(accepted.workflowId() + "/" + accepted.instance() + ":1", accepted.version());
      } else if (event.event() instanceof RunStatusChanged changed) {
        check(changed);
      } else if (event.event() instanceof StepStatusChanged changed) {
        check(changed);
      }
    }
  }

  private void check(RunStatusChanged changed) {
    @Nullable RunStatus status = runs.get(changed.run());
    for (RunStatus next : changed.statuses()) {
      assertThat(isLegal(status, next))
          .as(changed.run() + " from " + status + " to " + next)
          .isTrue();
      status = next;
      runs.put(changed.run(), next);
    }
  }

  /** An instance that could not even be launched begins with its end. */
  private static boolean isLegal(@Nullable RunStatus from, RunStatus to) {
    if (from == null) {
      return to == RunStatus.CREATED || to == RunStatus.FAILED;
    }
    return switch (from) {
      case CREATED -> to == RunStatus.IN_PROGRESS;
      case IN_PROGRESS -> to.isTerminal();
      case PAUSED, TIMED_OUT, STOPPED, FAILED, SUCCEEDED -> false;
    };
  }

  private void check(StepStatusChanged changed) {
    String run = changed.run();
    assertThat(runs.get(run)).as(run + " while " + changed).isEqualTo(RunStatus.IN_PROGRESS);
    Map<String, StepStatus> statuses = steps.computeIfAbsent(run, none -> new HashMap<>());
    StepStatus status = statuses.getOrDefault(changed.stepId(), StepStatus.NOT_CREATED);
    long attempt = attempts.getOrDefault(run + "/" + changed.stepId(), 0L);
    for (StepStatus next : changed.statuses()) {
      assertThat(StepLifecycle.next(status))
          .as(run + "/" + changed.stepId() + " from " + status)
          .contains(next);
      transitions.add(new Transition(status, next));
      if (status == StepStatus.NOT_CREATED) {
        checkPredecessors(run, changed.stepId(), statuses);
      }
      if (next == StepStatus.CREATED) {
        attempt++;
      }
      status = next;
    }
    assertThat(changed.attempt()).as(run + "/" + changed.stepId()).isEqualTo(attempt);
    attempts.put(run + "/" + changed.stepId(), attempt);
    statuses.put(changed.stepId(), status);
    if (changed.dispatchId() != null
        && changed.statuses().stream().anyMatch(ANSWERS::contains)
        && status != StepStatus.TIMED_OUT
        && !isSilence(changed.message())) {
      answered.add(changed.dispatchId());
    }
  }

  /** Whether an attempt failed because its worker said nothing. */
  private static boolean isSilence(@Nullable String message) {
    return message != null
        && Stream.of(WorkerTimeout.values())
            .anyMatch(timeout -> message.startsWith(timeout.name() + ": "));
  }

  /** In the first run of a workflow's instance: a restart leaves steps out that are complete. */
  private void checkPredecessors(String run, String stepId, Map<String, StepStatus> statuses) {
    if (!versions.containsKey(run)) {
      return;
    }
    for (String before : dag(run).predecessors(stepId)) {
      assertThat(statuses.getOrDefault(before, StepStatus.NOT_CREATED).isComplete())
          .as(before + ", which leads to " + stepId + " of " + run + ", is complete")
          .isTrue();
    }
  }

  private Dag dag(String run) {
    String workflowId = run.substring(0, run.indexOf('/'));
    long version = versions.getOrDefault(run, 0L);
    return dags.computeIfAbsent(
        workflowId + "@" + version,
        unread -> {
          VersionRecord record =
              (VersionRecord)
                  cluster.documents(MachineAddress.workflow(workflowId)).get("version:" + version);
          return new Dag(
              DefinitionReader.read(record.text()).push().orElseThrow().workflow(),
              Expression::compile);
        });
  }

  // ---- what it tells

  /** How a run ended, if it has. */
  Optional<RunStatus> endOf(String run) {
    return Optional.ofNullable(runs.get(run)).filter(RunStatus::isTerminal);
  }

  Optional<StepStatus> statusOf(String run, String stepId) {
    return Optional.ofNullable(steps.getOrDefault(run, Map.of()).get(stepId));
  }

  /** The steps of the definition that a run was accepted with. */
  List<String> stepsOf(String run) {
    return dag(run).stepIds();
  }

  /** Whether the attempt of this task ended by a worker's answer. */
  boolean isAnswered(String dispatchId) {
    return answered.contains(dispatchId);
  }
}
