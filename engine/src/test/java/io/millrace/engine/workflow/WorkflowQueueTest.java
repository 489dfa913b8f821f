package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of the queue, what it tells, and the ending of all that a workflow has. */
final class WorkflowQueueTest {

  // ---- the order of the queue

  @Test
  void shouldLetARestartedOldInstanceLeaveBeforeLaterOnes() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(5);
    flow.ended(1, RunStatus.FAILED);
    flow.ended(2, RunStatus.FAILED);
    flow.takeSaid();

    flow.restarted(2);
    flow.restarted(1);
    for (long running : new long[] {3, 1, 2, 4}) {
      flow.ended(running, RunStatus.SUCCEEDED);
    }

    assertThat(flow.takeSaid())
        .containsExactly("launch 1:2", "launch 2:2", "launch 4:1", "launch 5:1");
  }

  @Test
  void shouldQueueARestartBehindEarlierInstances() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(4);
    flow.stoppedInQueue(3);
    flow.ended(3, RunStatus.STOPPED);
    flow.restarted(3);
    flow.takeSaid();

    flow.ended(1, RunStatus.SUCCEEDED);
    flow.ended(2, RunStatus.SUCCEEDED);
    flow.ended(3, RunStatus.SUCCEEDED);

    assertThat(flow.takeSaid()).containsExactly("launch 2:1", "launch 3:2", "launch 4:1");
  }

  @Test
  void shouldRestartAgainWhatWasStoppedAsAQueuedRestart() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(3);
    flow.ended(1, RunStatus.FAILED);
    flow.restarted(1);
    flow.stoppedInQueue(1);
    flow.ended(1, RunStatus.STOPPED);
    flow.restarted(1);
    flow.takeSaid();

    flow.ended(2, RunStatus.SUCCEEDED);
    flow.ended(1, RunStatus.SUCCEEDED);

    assertThat(flow.takeSaid()).containsExactly("launch 1:3", "launch 3:1");
  }

  @Test
  void shouldWriteFewDocumentsHoweverManyRestartsAreQueued() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    int count = 256;
    flow.pushed(Rule.PARALLEL, count);
    List<Long> instances = new ArrayList<>(flow.startedTimes(count));
    instances.forEach(instance -> flow.ended(instance, RunStatus.FAILED));
    flow.pushed(Rule.SEQUENTIAL, 1);
    flow.started();
    flow.takeSaid();
    flow.takeMostChanges();
    Collections.shuffle(instances, new Random(7));

    instances.forEach(flow::restarted);
    flow.ended(count + 1, RunStatus.SUCCEEDED);
    for (long instance = 1; instance < count; instance++) {
      flow.ended(instance, RunStatus.SUCCEEDED);
    }

    assertThat(flow.takeSaid())
        .isEqualTo(LongStream.rangeClosed(1, count).mapToObj(it -> "launch " + it + ":2").toList());
    // twice the depth of the heap, and the workflow, the instances, the request, the envelope
    assertThat(flow.takeMostChanges()).isBetween(5, 2 * 8 + 6);
  }

  // ---- what users are told

  @ParameterizedTest
  @EnumSource(names = {"SEQUENTIAL", "STRICT_SEQUENTIAL", "LAST_ONLY", "SERIAL_LATEST_ONLY"})
  void shouldSayWhichStrategyKeepsARunInTheQueue(Rule rule) {
    LoneWorkflow flow = LoneWorkflow.of(rule);
    flow.startedTimes(2);

    assertThat(waitingFor(flow, 2))
        .contains("queued", rule + "(1)", "fewer than 1 runs are in progress");
  }

  @Test
  void shouldSayThatAFailureKeepsARunInTheQueue() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.STRICT_SEQUENTIAL);
    flow.startedTimes(2);
    flow.ended(1, RunStatus.FAILED);

    assertThat(waitingFor(flow, 2)).contains("STRICT_SEQUENTIAL", "1 failed", "unblocked");
  }

  @Test
  void shouldSayThatTheSystemIsBusy() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.cluster.room(false);
    flow.started();

    assertThat(waitingFor(flow, 1)).contains("SEQUENTIAL(1)", "busy");
  }

  private static String waitingFor(LoneWorkflow flow, long instance) {
    String why = ((Reply.RunTold) flow.shown(instance)).run().waitingFor();
    assertThat(why).isNotNull();
    return String.valueOf(why);
  }

  // ---- all of a workflow

  @Test
  void shouldStopAllThatIsQueuedOrRuns() {
    LoneWorkflow flow = new LoneWorkflow(EngineLimits.DEFAULT.withFollowUpsPerTurn(3));
    flow.pushed(Rule.PARALLEL, 7);
    flow.startedTimes(20);
    flow.ended(2, RunStatus.FAILED);
    flow.restarted(2);
    flow.ended(5, RunStatus.SUCCEEDED);
    flow.takeSaid();

    assertThat(flow.stoppedAll()).isEqualTo(new Reply.Done("STOP"));

    assertThat(flow.takeSaid())
        .hasSize(19)
        .contains("end 1:1 STOPPED", "end 2:2 STOPPED", "end 8:1 STOPPED", "stop 9:1", "stop 20:1")
        .noneMatch(said -> said.startsWith("launch") || said.contains(" 5:"));
    assertThat(flow.record().queued()).isZero();
  }

  @Test
  void shouldKillAllThatIsQueuedOrRuns() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(2);
    flow.takeSaid();

    flow.killedAll();

    assertThat(flow.takeSaid()).containsExactlyInAnyOrder("end 1:1 FAILED", "kill 2:1");
    assertThat(flow.instance(2).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldTakeAStartAfterAllWereStopped() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(2);
    flow.stoppedAll();
    flow.takeSaid();

    flow.started();
    flow.ended(1, RunStatus.STOPPED);

    assertThat(flow.takeSaid()).containsExactly("launch 3:1");
  }

  @Test
  void shouldSayOnceMoreThatItWasStoppedInTheQueueWhenItIsAskedBeforeItsLaunchArrives() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedTimes(2);
    flow.stoppedInQueue(2);
    flow.takeSaid();

    flow.told(
        new Message.ActOnQueued(
            2,
            new ActionRequest(ActionRequest.Action.SHOW, "flow/2", null, null, null, null),
            null));
    assertThat(flow.takeSaid()).containsExactly("flow/2 Act");
    flow.ended(2, RunStatus.STOPPED);
    assertThat(flow.shown(2)).isInstanceOf(Reply.Refused.class);
  }
}
