package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.EngineLimits;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The six run strategies (Maestro semantics 6). */
final class RunStrategyTest {

  // ---- SEQUENTIAL, PARALLEL

  @Test
  void shouldRunOneAfterTheOtherWhateverBecomesOfThem() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(3);
    assertThat(flow.takeSaid()).containsExactly("launch 1:1");

    flow.ended(1, RunStatus.FAILED);
    assertThat(flow.takeSaid()).containsExactly("launch 2:1");
    flow.ended(2, RunStatus.STOPPED);
    assertThat(flow.takeSaid()).containsExactly("launch 3:1");
  }

  @Test
  void shouldRunAsManySideBySideAsAllowedAndOneMoreOnlyAfterAnEnd() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.pushed(Rule.PARALLEL, 1000);
    flow.startedTimes(1001);
    assertThat(flow.takeSaid()).hasSize(1000).doesNotContain("launch 1001:1");

    flow.ended(500, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 1001:1");
  }

  // ---- STRICT_SEQUENTIAL

  @Test
  void shouldLetNothingLeaveWhileAnInstanceHasFailed() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(2);
    flow.ended(1, RunStatus.FAILED);
    flow.started();

    assertThat(flow.takeSaid()).containsExactly("launch 1:1");
    assertThat(flow.record().failed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "TIMED_OUT", "SUCCEEDED"})
  void shouldNotBeBlockedByAnotherEnd(RunStatus status) {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(2);
    flow.ended(1, status);

    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "launch 2:1");
  }

  @Test
  void shouldGoOnWhenWhatHasFailedIsRestarted() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(3);
    flow.ended(1, RunStatus.FAILED);
    flow.takeSaid();

    flow.restarted(1);
    assertThat(flow.takeSaid()).containsExactly("launch 1:2");
    flow.ended(1, RunStatus.FAILED);
    assertThat(flow.takeSaid()).isEmpty();
    flow.restarted(1);
    flow.ended(1, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 1:3", "launch 2:1");
  }

  @Test
  void shouldGoOnWhenTheWorkflowIsUnblocked() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(3);
    flow.ended(1, RunStatus.FAILED);
    flow.takeSaid();

    assertThat(flow.unblocked()).isEqualTo(new Reply.Done("UNBLOCK"));
    assertThat(flow.takeSaid()).containsExactly("launch 2:1");
    flow.ended(2, RunStatus.FAILED);
    assertThat(flow.takeSaid()).isEmpty();
    assertThat(flow.record().failed()).isEqualTo(1);
  }

  @Test
  void shouldGoOnOnlyWhenTheLastFailedInstanceIsUnblocked() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(3);
    flow.killedByRequest(2);
    flow.ended(2, RunStatus.FAILED);
    flow.ended(1, RunStatus.FAILED);
    assertThat(flow.record().failed()).isEqualTo(2);
    flow.takeSaid();

    flow.unblocked(1);
    flow.unblocked(1);
    assertThat(flow.takeSaid()).isEmpty();
    flow.unblocked(2);
    assertThat(flow.takeSaid()).containsExactly("launch 3:1");
    assertThat(flow.unblocked(3)).isInstanceOf(Reply.Refused.class);
    assertThat(flow.unblocked(4)).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void shouldForgetNoFailureThatStillBlocks() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(2);
    flow.ended(1, RunStatus.FAILED);
    flow.cluster.advanceTo(Duration.ofDays(70).toMillis());
    flow.check();

    assertThat(flow.find(1)).isPresent();
    assertThat(flow.record().failed()).isEqualTo(1);
    flow.unblocked();
    flow.ended(2, RunStatus.SUCCEEDED);
    flow.cluster.advanceTo(Duration.ofDays(200).toMillis());
    assertThat(flow.find(1)).isEmpty();
    assertThat(flow.find(2)).isEmpty();
    assertThat(flow.cluster.timersOf(LoneWorkflow.ADDRESS)).isEmpty();
  }

  @Test
  void shouldForgetAFailureThatBlocksNobody() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.started();
    flow.ended(1, RunStatus.FAILED);
    assertThat(flow.record().failed()).isEqualTo(1);

    flow.cluster.advanceTo(Duration.ofDays(31).toMillis());

    assertThat(flow.find(1)).isEmpty();
    assertThat(flow.record().failed()).isZero();
  }

  // ---- FIRST_ONLY

  @Test
  void shouldStopOnArrivalWhatIsNotTheFirst() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    Reply.Started first = flow.started("r1");
    Reply.Started second = flow.started("r2");

    assertThat(first.stopped()).isNull();
    assertThat(second.stopped()).contains("FIRST_ONLY");
    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "stop 2:1");
    assertThat(flow.instance(2).status()).isEqualTo(RunStatus.STOPPED);
    assertThat(flow.record().running()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeAStoppedArrivalForOneThatRuns() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    flow.startedTimes(2);
    flow.ended(1, RunStatus.SUCCEEDED);

    assertThat(flow.started("r3").stopped()).isNull();
    flow.ended(2, RunStatus.STOPPED);

    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "stop 2:1", "launch 3:1");
    assertThat(flow.record().running()).isEqualTo(1);
  }

  @Test
  void shouldStopOnArrivalWhileTheFirstWaitsForRoom() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    flow.cluster.room(false);
    flow.startedTimes(2);
    assertThat(flow.takeSaid()).containsExactly("stop 2:1");

    flow.cluster.room(true);
    flow.cluster.deliver();
    assertThat(flow.takeSaid()).containsExactly("launch 1:1");
  }

  @Test
  void shouldStopARestartOnArrival() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    flow.started();
    flow.ended(1, RunStatus.FAILED);
    flow.started();

    Reply.Started restart = (Reply.Started) flow.restarted(1);

    assertThat(restart.run()).isEqualTo("flow/1:2");
    assertThat(restart.stopped()).contains("FIRST_ONLY");
    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "launch 2:1", "stop 1:2");
    flow.ended(1, RunStatus.STOPPED);
    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.STOPPED);
  }

  // ---- LAST_ONLY

  @Test
  void shouldEndTheRunningOneAndBeginTheNewOneOnlyThen() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.LAST_ONLY);
    flow.startedTimes(2);
    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "end 1:1 STOPPED");

    flow.ended(1, RunStatus.STOPPED);
    assertThat(flow.takeSaid()).containsExactly("launch 2:1");
  }

  @Test
  void shouldStopWhatIsQueuedAndTellTheRunningOneOnce() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.LAST_ONLY);
    flow.startedTimes(4);
    assertThat(flow.takeSaid())
        .containsExactly("launch 1:1", "end 1:1 STOPPED", "stop 2:1", "stop 3:1");

    flow.ended(2, RunStatus.STOPPED);
    flow.ended(3, RunStatus.STOPPED);
    assertThat(flow.takeSaid()).isEmpty();
    flow.ended(1, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 4:1");
    flow.started();
    assertThat(flow.takeSaid()).containsExactly("end 4:1 STOPPED");
  }

  @Test
  void shouldEndTheRunningOneForARestart() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.LAST_ONLY);
    flow.started();
    flow.ended(1, RunStatus.FAILED);
    flow.started();
    flow.takeSaid();

    flow.restarted(1);
    assertThat(flow.takeSaid()).containsExactly("end 2:1 STOPPED");
    flow.ended(2, RunStatus.STOPPED);
    assertThat(flow.takeSaid()).containsExactly("launch 1:2");
  }

  // ---- SERIAL_LATEST_ONLY

  @Test
  void shouldStopAllThatIsQueuedForTheLatestAndTouchNothingThatRuns() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SERIAL_LATEST_ONLY);
    flow.startedTimes(4);
    assertThat(flow.takeSaid()).containsExactly("launch 1:1", "stop 2:1", "stop 3:1");
    assertThat(flow.instance(3).status()).isEqualTo(RunStatus.STOPPED);

    flow.ended(1, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 4:1");
  }

  @Test
  void shouldStopALongQueueInTurnsOfABoundedSize() {
    LoneWorkflow flow = new LoneWorkflow(EngineLimits.DEFAULT.withFollowUpsPerTurn(10));
    flow.pushed(Rule.SEQUENTIAL, 1);
    flow.startedTimes(101);
    flow.pushed(Rule.SERIAL_LATEST_ONLY, 1);
    flow.takeSaid();
    int before = flow.workflowTurns();

    flow.started();

    assertThat(flow.takeSaid()).hasSize(100).doesNotContain("stop 102:1");
    assertThat(flow.workflowTurns() - before).isEqualTo(10);
    assertThat(flow.record().queued()).isEqualTo(1);
  }

  @Test
  void shouldStopTenInOneTurnIfTenAreAllowed() {
    LoneWorkflow flow = new LoneWorkflow(EngineLimits.DEFAULT.withFollowUpsPerTurn(10));
    flow.pushed(Rule.SEQUENTIAL, 1);
    flow.startedTimes(11);
    flow.pushed(Rule.SERIAL_LATEST_ONLY, 1);
    int before = flow.workflowTurns();
    flow.started();
    assertThat(flow.workflowTurns() - before).isEqualTo(1);

    flow.pushed(Rule.SEQUENTIAL, 1);
    flow.startedTimes(10);
    flow.pushed(Rule.SERIAL_LATEST_ONLY, 1);
    before = flow.workflowTurns();
    flow.started();
    assertThat(flow.workflowTurns() - before).isEqualTo(2);
  }
}
