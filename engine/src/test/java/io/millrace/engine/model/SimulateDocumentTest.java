package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.engine.model.Result.Child;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.engine.model.Result.StepResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulateDocumentTest {
  @Test
  void shouldReadARunWithItsChildren() throws JsonProcessingException {
    Result read =
        SimulateDocument.read(
            Written.JSON.readTree(
                """
                {"workflow_id": "w", "instance_id": 1, "run_id": 2, "status": "FAILED",
                 "elapsed_ms": 5000,
                 "steps": {
                   "fe": {"status": "FATALLY_FAILED", "attempts": 1, "started_ms": 0,
                          "ended_ms": 5000, "params": {"q": 1}},
                   "b": {"status": "UNSATISFIED", "attempts": 1, "ended_ms": 0}},
                 "leaf_counts": {"STOPPED": 1, "UNSATISFIED": 1},
                 "children": [{"parent_step": "fe", "iteration": 3, "workflow_id": "w",
                   "instance_id": 1, "run_id": 1, "status": "IN_PROGRESS",
                   "steps": {}, "leaf_counts": {}, "children": []}],
                 "signals": [], "events": []}
                """));

    RunResult iteration =
        new RunResult("w", 1, 1, RunStatus.IN_PROGRESS, null, Map.of(), Map.of(), List.of());
    assertThat(read.runs())
        .containsExactly(
            new RunResult(
                "w",
                1,
                2,
                RunStatus.FAILED,
                5_000L,
                Map.of(
                    "fe", new StepResult(StepStatus.FATALLY_FAILED, 1, 0L, 5_000L),
                    "b", new StepResult(StepStatus.UNSATISFIED, 1, null, 0L)),
                Map.of(StepStatus.STOPPED, 1L, StepStatus.UNSATISFIED, 1L),
                List.of(new Child("fe", 3L, iteration))));
  }

  @Test
  void shouldReadSeveralRunsInOrder() throws JsonProcessingException {
    Result read =
        SimulateDocument.read(
            Written.JSON.readTree(
                """
                {"runs": [{"workflow_id": "w", "instance_id": 1, "run_id": 1, "status": "STOPPED"},
                          {"workflow_id": "w", "instance_id": 1, "run_id": 2, "status": "SUCCEEDED"}]}
                """));

    assertThat(read.runs()).extracting(RunResult::run).containsExactly(1L, 2L);
    assertThat(read.last().status()).isEqualTo(RunStatus.SUCCEEDED);
  }
}
