package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.step;
import static io.millrace.engine.model.Written.subworkflow;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.LeafOutcome.Failure;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subworkflows and the queue of the workflow they start. */
final class ModelSubworkflowTest {
  private static RunResult told(Case story) {
    Model.Told told = Model.tell(story);
    assertThat(told.doubts()).isEmpty();
    return told.result().last();
  }

  @Test
  void shouldRunASubworkflowWithTheParamsPassedDown() {
    ObjectNode parent =
        Written.envelope(
            "p", subworkflow("sub", "c").param("m", "LONG", 7).to("z"), step("z", "NoOp"));
    ((ObjectNode) parent.get("workflow")).putObject("params").set("n", Written.param("LONG", 5));
    ObjectNode child =
        Written.envelope("c", sleep("a", 4).to("b", "n == 5 && m == 7"), step("b", "NoOp"));
    ObjectNode own = ((ObjectNode) child.get("workflow")).putObject("params");
    own.set("n", Written.param("LONG", 0));
    own.set("m", Written.param("LONG", 0));

    RunResult run = told(Case.of("p", child.toString(), parent.toString()));

    assertThat(run.below("sub").get(0).workflowId()).isEqualTo("c");
    assertThat(run.below("sub").get(0).statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.steps().get("z").startedMs()).isEqualTo(4_000);
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 3L));
  }

  @Test
  void shouldMakeAFailureOfASubworkflowFatal() {
    RunResult run =
        told(
            Case.of(
                    "p",
                    workflow("c", work("a")),
                    workflow("p", subworkflow("sub", "c"), subworkflow("none", "nowhere")))
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0)));

    assertThat(run.statusOf("sub")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.statusOf("none")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldTakeTheActiveVersionUnlessAnotherIsAsked() {
    ObjectNode second = Written.envelope("c", sleep("a", 2));
    second.put("is_active", false);
    String parent =
        workflow(
            "p",
            subworkflow("active", "c").to("latest"),
            subworkflow("latest", "c").param("subworkflow_version", "STRING", "latest").to("one"),
            subworkflow("one", "c").param("subworkflow_version", "STRING", "1"));

    RunResult run = told(Case.of("p", workflow("c", sleep("a", 1)), second.toString(), parent));

    assertThat(run.below("active").get(0).elapsedMs()).isEqualTo(1_000);
    assertThat(run.below("latest").get(0).elapsedMs()).isEqualTo(2_000);
    assertThat(run.below("one").get(0).elapsedMs()).isEqualTo(1_000);
    assertThat(run.below("one").get(0).instance()).isEqualTo(3);
  }

  @Test
  void shouldNotWaitForAnAsynchronousSubworkflow() {
    String parent =
        workflow("p", subworkflow("sub", "c").with("sync", false).to("z"), sleep("z", 1));

    RunResult run = told(Case.of("p", workflow("c", sleep("a", 9)), parent));

    assertThat(run.elapsedMs()).isEqualTo(1_000);
    assertThat(run.below("sub").get(0).elapsedMs()).isEqualTo(9_000);
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 2L));
  }

  @Test
  void shouldQueueInstancesOfASequentialWorkflow() {
    String parent =
        workflow("p", foreach("fe", "i", new long[] {1, 2, 3}, subworkflow("sub", "c")));

    RunResult run = told(Case.of("p", workflow("c", sleep("a", 5)), parent));

    assertThat(run.elapsedMs()).isEqualTo(15_000);
    assertThat(run.below("fe").stream().map(below -> below.below("sub").get(0).elapsedMs()))
        .containsExactly(5_000L, 10_000L, 15_000L);
    assertThat(run.below("fe").stream().map(below -> below.below("sub").get(0).instance()))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void shouldStopASubworkflowOnArrivalWhenOnlyTheFirstCounts() {
    ObjectNode child = Written.envelope("c", sleep("a", 5));
    ((ObjectNode) child.get("properties")).put("run_strategy", "FIRST_ONLY");
    String parent = workflow("p", subworkflow("one", "c"), subworkflow("two", "c"));

    RunResult run = told(Case.of("p", child.toString(), parent));

    assertThat(run.statusOf("one")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.statusOf("two")).isEqualTo(StepStatus.STOPPED);
    assertThat(run.status()).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void shouldFailAtOnceWhenAWorkflowWouldWaitForItself() {
    RunResult run =
        told(
            Case.of(
                "p",
                workflow("p", subworkflow("sub", "c")),
                workflow("c", subworkflow("again", "p"))));

    RunResult child = run.below("sub").get(0);
    assertThat(child.statusOf("again")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.elapsedMs()).isEqualTo(0);
  }

  @Test
  void shouldRunAsManyInstancesAtOnceAsTheStrategySays() {
    ObjectNode child = Written.envelope("c", sleep("a", 5));
    ((ObjectNode) child.get("properties")).put("run_strategy", 2);
    String parent =
        workflow("p", foreach("fe", "i", new long[] {1, 2, 3}, subworkflow("sub", "c")));

    RunResult run = told(Case.of("p", child.toString(), parent));

    assertThat(run.below("fe").stream().map(below -> below.below("sub").get(0).elapsedMs()))
        .containsExactly(5_000L, 5_000L, 10_000L);
  }

  @Test
  void shouldStopAQueuedSubworkflowWithItsParent() {
    String parent = workflow("p", subworkflow("one", "c"), subworkflow("two", "c"));

    RunResult run =
        told(
            Case.of("p", workflow("c", sleep("a", 5)), parent)
                .actions(Action.ofStep(2_000, Action.Kind.STOP, "two")));

    assertThat(run.below("two").get(0).status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.below("two").get(0).steps()).isEmpty();
    assertThat(run.statusOf("one")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.status()).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void shouldTimeOutASubworkflowByItsOwnTimeoutOrItsSteps() {
    ObjectNode child = Written.envelope("c", sleep("a", 50));
    ((ObjectNode) child.get("workflow")).put("timeout", 9);
    String parent =
        workflow("p", subworkflow("own", "c"), subworkflow("steps", "d").with("timeout", 4));

    RunResult run = told(Case.of("p", child.toString(), workflow("d", sleep("b", 50)), parent));

    assertThat(run.steps().get("own").endedMs()).isEqualTo(9_000);
    assertThat(run.steps().get("steps").endedMs()).isEqualTo(4_000);
    assertThat(run.below("own").get(0).status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(run.below("steps").get(0).statusOf("b")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
  }
}
