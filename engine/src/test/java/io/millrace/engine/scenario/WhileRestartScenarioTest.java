package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Message;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A while that is restarted at one of its iterations discards the later ones (2.9). */
final class WhileRestartScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldRunADiscardedIterationAgain() {
    TreeScenario story =
        scenarios
            .tree(
                "{'while':{'id':'wh','condition':'i < 5','params':{'loop_params':"
                    + "{'type':'MAP','value':{'i':{'type':'LONG','value':0}}}},"
                    + "'steps':[{'step':{'id':'a','type':'Work',"
                    + "'retry_policy':{'error_retry_limit':0},"
                    + "'params':{'i':{'type':'LONG','expression':'i + 1'}}}}]}}")
            .whenStarted()
            .whenWorkerSucceeds("flow/1/wh/0", "a")
            .whenWorkerFails("flow/1/wh/1", "a")
            .thenRunIs("flow/1", RunStatus.FAILED);
    ActionRequest restart =
        new ActionRequest(
            ActionRequest.Action.RESTART,
            "flow/1/wh/0",
            null,
            null,
            "ada",
            null,
            null,
            RestartPolicy.FROM_BEGINNING,
            Map.of(),
            null);
    story
        .base()
        .told(TreeScenario.machine("flow/1"), new Message.Act(restart, story.base().asker()));

    story.whenWorkerSucceeds("flow/1/wh/0", "a");

    assertThat(story.run("flow/1/wh/1").run()).isEqualTo(2);
    story.thenRunIs("flow/1/wh/1", RunStatus.IN_PROGRESS);
  }
}
