package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Envelope;
import io.millrace.engine.Message;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A push that changes the run strategy (Maestro semantics 6). */
final class StrategyChangeTest {

  @ParameterizedTest
  @EnumSource(names = {"FIRST_ONLY", "LAST_ONLY"})
  void shouldRefuseToKeepOneOnlyWhileTwoAreAlive(Rule rule) {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(2);

    assertThat(flow.pushed(rule, 1))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("RUN_STRATEGY");
              assertThat(refused.message()).contains(rule.name(), "but there are 2.");
            });
    assertThat(flow.record().latestVersion()).isEqualTo(1);
    flow.ended(1, RunStatus.SUCCEEDED);
    assertThat(flow.pushed(rule, 1)).isInstanceOf(Reply.Pushed.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"FIRST_ONLY", "LAST_ONLY"})
  void shouldLeaveNothingQueuedForEverWhenOnlyOneIsKept(Rule rule) {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.started();
    flow.ended(1, RunStatus.FAILED);
    flow.started();
    assertThat(flow.takeSaid()).containsExactly("launch 1:1");

    flow.pushed(rule, 1);

    assertThat(flow.takeSaid()).containsExactly("launch 2:1");
  }

  @Test
  void shouldLetTheOneThatWaitsForRoomGoUnderTheNewStrategy() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.cluster.room(false);
    flow.started();
    flow.pushed(Rule.LAST_ONLY, 1);
    flow.cluster.room(true);
    flow.cluster.deliver();

    assertThat(flow.takeSaid()).containsExactly("launch 1:1");
    flow.started();
    assertThat(flow.takeSaid()).containsExactly("end 1:1 STOPPED");
  }

  @Test
  void shouldEndOneThatWasLaunchedAmongOthersBeforeOnlyTheLastWasKept() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.pushed(Rule.PARALLEL, 3);
    flow.startedTimes(3);
    flow.ended(3, RunStatus.SUCCEEDED);
    flow.ended(1, RunStatus.SUCCEEDED);
    flow.pushed(Rule.LAST_ONLY, 1);
    flow.takeSaid();

    flow.started();
    assertThat(flow.takeSaid()).containsExactly("end 2:1 STOPPED");
  }

  @Test
  void shouldRefuseStrictnessWhileAFailureWouldBlock() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.started();
    flow.ended(1, RunStatus.FAILED);

    assertThat(flow.pushed(Rule.STRICT_SEQUENTIAL, 1))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.message()).contains("STRICT_SEQUENTIAL", "1 failed"));
    flow.unblocked(1);
    assertThat(flow.pushed(Rule.STRICT_SEQUENTIAL, 1)).isInstanceOf(Reply.Pushed.class);
  }

  @Test
  void shouldTakeThePushOfTheSameStrategyWhateverHasHappened() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(3);
    flow.ended(1, RunStatus.FAILED);

    assertThat(flow.pushed(Rule.STRICT_SEQUENTIAL, 1)).isInstanceOf(Reply.Pushed.class);
  }

  @Test
  void shouldLetGoWhatAFailureBlockedWhenTheStrategyIsNotStrictAnyMore() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(4);
    flow.ended(1, RunStatus.FAILED);
    flow.takeSaid();

    flow.pushed(Rule.PARALLEL, 2);

    assertThat(flow.takeSaid()).containsExactly("launch 2:1", "launch 3:1");
  }

  @Test
  void shouldStopNoRunWhenConcurrencyIsLowered() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.pushed(Rule.PARALLEL, 3);
    flow.startedTimes(4);
    flow.takeSaid();
    flow.pushed(Rule.PARALLEL, 2);

    flow.ended(1, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).isEmpty();
    flow.ended(2, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 4:1");
  }

  @Test
  void shouldFindTheRunningOneOfAWorkflowThatWasStoredBeforeItWasKnown() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.pushed(Rule.PARALLEL, 3);
    flow.startedTimes(3);
    flow.ended(1, RunStatus.SUCCEEDED);
    flow.ended(3, RunStatus.SUCCEEDED);
    flow.pushed(Rule.LAST_ONLY, 1);
    Map<String, Document> stored = new HashMap<>(flow.cluster.documents(LoneWorkflow.ADDRESS));
    WorkflowDraft workflow = WorkflowDraft.of(flow.record());
    workflow.runningXor = 0;
    stored.put(WorkflowDraft.KEY, workflow.record());

    Decision decision =
        new WorkflowMachine(LoneWorkflow.ADDRESS, EngineLimits.DEFAULT, UnsupportedParts.REFUSE)
            .decide(
                view(flow, stored),
                new Command(new Message.Start("r", null, Map.of(), null, false, null), 0, true, 0));

    assertThat(decision.effects())
        .filteredOn(Effect.Send.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Send.class,
            send -> {
              assertThat(send.to()).hasToString("i:flow/2");
              assertThat(send.message()).isInstanceOf(Message.EndRun.class);
            });
  }

  private static View view(LoneWorkflow flow, Map<String, Document> stored) {
    return new View() {
      @Override
      public Optional<Envelope> envelope() {
        return flow.cluster.envelope(LoneWorkflow.ADDRESS);
      }

      @Override
      public Optional<Document> document(String key) {
        return Optional.ofNullable(stored.get(key));
      }
    };
  }
}
