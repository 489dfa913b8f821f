package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.engine.Change;
import io.millrace.engine.Decision;
import io.millrace.engine.Document;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trees put together from documents, with machines that only remember what they are given. */
final class RunTreesTest {
  private static final long BEGIN = 1_000;
  private static final String FLOW =
      """
      workflow:
        id: w
        owner: me
        jobs:
          - job: {id: first, type: Spark}
          - foreach:
              id: fe
              loop_params: {i: [0, 1, 2]}
              jobs:
                - job: {id: in, type: Spark}
          - foreach:
              id: none
              loop_params: {i: [0]}
              jobs:
                - job: {id: never, type: Spark}
          - while:
              id: wh
              condition: i < 3
              loop_params: {i: 0}
              jobs:
                - job: {id: again, type: Spark}
          - subworkflow: {id: apart, sync: false, subworkflow_id: v}
      """;

  private final Map<String, Map<String, Document>> given = new LinkedHashMap<>();

  private void version() {
    given.put("w:w", Map.of("version:1", new VersionRecord(1, FLOW, "", BEGIN)));
  }

  private void run(String instance, long run, RunStatus status, StepRun... steps) {
    Map<String, Document> documents =
        given.computeIfAbsent("i:" + instance, key -> new LinkedHashMap<>());
    List<String> ids = new ArrayList<>();
    for (StepRun step : steps) {
      documents.put("step:" + run + ":" + step.stepId(), step);
      ids.add(step.stepId());
    }
    documents.put("run:" + run, record(instance, run, status, ids));
  }

  private static RunRecord record(String instance, long run, RunStatus status, List<String> steps) {
    return new RunRecord(
        run,
        "uuid",
        "request",
        1,
        "",
        status,
        null,
        null,
        BEGIN + run,
        BEGIN + run,
        BEGIN + 500,
        Map.of(),
        0,
        Map.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        steps,
        null,
        parent(instance, run),
        null,
        Map.of(),
        List.of(),
        Map.of(),
        null,
        null,
        List.of());
  }

  /** A run of an iteration is of the run of the same number of the instance around it. */
  private static @Nullable Parent parent(String iteration, long run) {
    String[] parts = iteration.split("/");
    return parts.length == 2
        ? null
        : new Parent(
            String.join("/", List.of(parts).subList(0, parts.length - 2)),
            run,
            parts[parts.length - 2],
            1,
            true,
            1,
            "",
            List.of(),
            List.of(),
            null,
            null,
            null);
  }

  private static StepRun step(String id, StepStatus status) {
    return step(id, status, 0);
  }

  /** A loop that goes on from the first run. */
  private static StepRun kept(String id, StepStatus status) {
    return step(id, status, 1);
  }

  private static StepRun step(String id, StepStatus status, long since) {
    return new StepRun(
        id,
        status,
        2,
        1,
        0,
        0,
        BEGIN,
        BEGIN + 20,
        BEGIN + 30,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        Map.of(),
        0,
        List.of(),
        null,
        null,
        Map.of(),
        since,
        null,
        0);
  }

  private List<SimulatedRun> trees(long childrenPerStep) {
    VirtualCluster cluster =
        new VirtualCluster(
            () ->
                address ->
                    (view, command) ->
                        new Decision.Accepted(
                            given.getOrDefault(address.toString(), Map.of()).entrySet().stream()
                                .<Change>map(
                                    entry -> new Change.Put(entry.getKey(), entry.getValue()))
                                .toList(),
                            List.of()),
            new SimulationSettings(
                EngineLimits.DEFAULT, BEGIN, MessageOrder.FIRST_SENT_FIRST, false, false),
            (address, command, decision) -> {});
    for (String machine : given.keySet()) {
      cluster.send(MachineAddress.parse(machine).orElseThrow(), new Message.Nudge());
    }
    cluster.deliver();
    Recorder recorder =
        new Recorder(new Workers(new OutcomeQueues(Map.of()), Lineage::iteration), childrenPerStep);
    return new RunTrees(cluster, recorder, BEGIN, childrenPerStep).roots(Set.of("w"));
  }

  private void givenALoopOfThree() {
    version();
    run(
        "w/1",
        1,
        RunStatus.SUCCEEDED,
        step("first", StepStatus.SUCCEEDED),
        step("fe", StepStatus.SUCCEEDED),
        step("none", StepStatus.UNSATISFIED),
        step("apart", StepStatus.SUCCEEDED));
    run("w/1/fe/10", 1, RunStatus.FAILED, step("in", StepStatus.FATALLY_FAILED));
    run("w/1/fe/0", 1, RunStatus.SUCCEEDED, step("in", StepStatus.SUCCEEDED));
    run("w/1/fe/9", 1, RunStatus.SUCCEEDED, step("in", StepStatus.SKIPPED));
  }

  @Test
  void shouldPutIterationsInOrderBelowTheirLoop() {
    // given
    givenALoopOfThree();

    // when
    List<SimulatedRun> trees = trees(1_000);

    // then
    assertThat(trees).hasSize(1);
    assertThat(trees.get(0).children())
        .extracting(SimulatedRun::parentStep, SimulatedRun::iteration, SimulatedRun::status)
        .containsExactly(
            tuple("fe", 0L, RunStatus.SUCCEEDED),
            tuple("fe", 9L, RunStatus.SUCCEEDED),
            tuple("fe", 10L, RunStatus.FAILED));
    assertThat(trees.get(0).parentStep()).isNull();
    assertThat(trees.get(0).elapsedMs()).isEqualTo(499);
    SimulatedStep first = trees.get(0).steps().get("first");
    assertThat(first)
        .isEqualTo(new SimulatedStep(StepStatus.SUCCEEDED, 2, 20L, 30L, null, Map.of()));
  }

  @Test
  void shouldCountLeavesOfTheWholeTreeWhateverIsHeld() {
    // given
    givenALoopOfThree();

    // when
    SimulatedRun tree = trees(2).get(0);

    // then
    assertThat(tree.children()).extracting(SimulatedRun::iteration).containsExactly(0L, 9L);
    assertThat(tree.childCounts()).isEqualTo(Map.of("fe", 3L));
    // A loop counts only if it never began; a subworkflow that nobody waits for does.
    assertThat(tree.leafCounts())
        .isEqualTo(
            Map.of(
                StepStatus.SUCCEEDED,
                3L,
                StepStatus.SKIPPED,
                1L,
                StepStatus.UNSATISFIED,
                1L,
                StepStatus.FATALLY_FAILED,
                1L));
  }

  @Test
  void shouldTellEachRunOfAnInstanceWithItsOwnChildren() {
    // given
    givenALoopOfThree();
    run("w/1", 2, RunStatus.SUCCEEDED, step("fe", StepStatus.SUCCEEDED));
    run("w/1/fe/10", 2, RunStatus.SUCCEEDED, step("in", StepStatus.SUCCEEDED));

    // when
    List<SimulatedRun> trees = trees(1_000);

    // then
    assertThat(trees).extracting(SimulatedRun::run).containsExactly(1L, 2L);
    assertThat(trees.get(0).childCounts()).isEqualTo(Map.of("fe", 3L));
    assertThat(trees.get(1).childCounts()).isEqualTo(Map.of("fe", 1L));
    assertThat(trees.get(1).leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 1L));
  }

  @Test
  void shouldLeaveOutIterationsOfAWhileThatTheRestartOfAnEarlierOneDiscarded() {
    // given a restart at iteration 1 that was stopped there
    version();
    run("w/1", 1, RunStatus.SUCCEEDED, kept("wh", StepStatus.SUCCEEDED));
    for (int i = 0; i < 3; i++) {
      run("w/1/wh/" + i, 1, RunStatus.SUCCEEDED, step("again", StepStatus.SUCCEEDED));
    }
    run("w/1", 2, RunStatus.STOPPED, kept("wh", StepStatus.STOPPED));
    run("w/1/wh/1", 2, RunStatus.STOPPED, step("again", StepStatus.STOPPED));

    // when
    List<SimulatedRun> trees = trees(1_000);

    // then
    assertThat(trees.get(0).childCounts()).isEqualTo(Map.of("wh", 3L));
    assertThat(trees.get(1).children())
        .extracting(SimulatedRun::iteration, SimulatedRun::run)
        .containsExactly(tuple(0L, 1L), tuple(1L, 2L));
    assertThat(trees.get(1).leafCounts())
        .isEqualTo(Map.of(StepStatus.SUCCEEDED, 1L, StepStatus.STOPPED, 1L));
  }
}
