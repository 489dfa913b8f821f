package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.Document.RequestRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another run of an instance (Maestro semantics 6 and 9.2). */
final class RestartTest {

  private static LoneWorkflow withEndedInstance() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.started("r1");
    flow.ended(1, RunStatus.FAILED);
    flow.takeSaid();
    return flow;
  }

  @Test
  void shouldLaunchTheNextRunWithItsPlan() {
    LoneWorkflow flow = withEndedInstance();

    Reply.Started answer = (Reply.Started) flow.restarted(1, 2, "again");

    assertThat(answer.run()).isEqualTo("flow/1:2");
    assertThat(answer.duplicate()).isFalse();
    Message.Launch launch = (Message.Launch) flow.takeTold().get(0).message();
    assertThat(launch.run()).isEqualTo(2);
    assertThat(launch.runUuid()).isEqualTo(answer.runUuid());
    assertThat(launch.requestId()).isEqualTo("again");
    assertThat(launch.followers()).hasSize(1);
    assertThat(launch.restart()).isNotNull();
    assertThat(String.valueOf(launch.restart())).contains(RestartPolicy.FROM_BEGINNING.name());
    assertThat(flow.instance(1).run()).isEqualTo(2);
    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldGiveARestartTheUuidThatAStartOfTheSameRequestWouldHave() {
    LoneWorkflow restarted = withEndedInstance();
    LoneWorkflow started = LoneWorkflow.of(Rule.SEQUENTIAL);

    assertThat(((Reply.Started) restarted.restarted(1, 2, "same")).runUuid())
        .isEqualTo(started.started("same").runUuid());
  }

  @Test
  void shouldQueueARestartBehindWhatRuns() {
    LoneWorkflow flow = withEndedInstance();
    flow.started();
    flow.takeSaid();

    flow.restarted(1);

    assertThat(flow.takeSaid()).isEmpty();
    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.CREATED);
    Reply.RunTold told = (Reply.RunTold) flow.shown(1);
    assertThat(told.run().run()).isEqualTo("flow/1:2");
    assertThat(told.run().runNumber()).isEqualTo(2);
    flow.ended(2, RunStatus.SUCCEEDED);
    assertThat(flow.takeSaid()).containsExactly("launch 1:2");
  }

  @Test
  void shouldStopAQueuedRestart() {
    LoneWorkflow flow = withEndedInstance();
    flow.started();
    flow.restarted(1);
    flow.takeSaid();

    flow.stoppedInQueue(1);

    assertThat(flow.takeSaid()).containsExactly("stop 1:2");
    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void shouldAnswerARepeatedRequestWithTheRunItMade() {
    LoneWorkflow flow = withEndedInstance();
    Reply.Started second = (Reply.Started) flow.restarted(1, 2, "again");
    flow.ended(1, RunStatus.STOPPED);
    Reply.Started third = (Reply.Started) flow.restarted(1, 3, "and again");
    flow.takeSaid();

    assertThat(flow.restarted(1, 2, "again"))
        .isEqualTo(new Reply.Started("flow/1:2", second.runUuid(), 1, true));
    assertThat(flow.restarted(1, 4, "and again"))
        .isEqualTo(new Reply.Started("flow/1:3", third.runUuid(), 1, true));
    assertThat(flow.started("r1").run()).isEqualTo("flow/1:1");
    assertThat(flow.started("again").run()).isEqualTo("flow/1:2");
    assertThat(flow.takeSaid()).isEmpty();
    assertThat(flow.record().lastInstance()).isEqualTo(1);
  }

  @Test
  void shouldRefuseARunThatIsNotTheNextOne() {
    LoneWorkflow flow = withEndedInstance();

    assertThat(refusal(flow.restarted(1, 1, "x"))).isEqualTo("OTHER_RUN");
    assertThat(refusal(flow.restarted(1, 3, "y"))).isEqualTo("OTHER_RUN");
    assertThat(flow.takeSaid()).isEmpty();
    assertThat(flow.instance(1).run()).isEqualTo(1);
  }

  @Test
  void shouldRefuseARestartOfWhatHasNotEnded() {
    LoneWorkflow flow = withEndedInstance();
    flow.startedTimes(2);

    assertThat(refusal(flow.restarted(2, 2, "running"))).isEqualTo("NOT_ENDED");
    assertThat(refusal(flow.restarted(3, 2, "queued"))).isEqualTo("NOT_ENDED");
    assertThat(refusal(flow.restarted(9, 2, "unknown"))).isEqualTo("UNKNOWN_RUN");
  }

  private static String refusal(Reply.Answer answer) {
    assertThat(((Reply.Refused) answer).message()).matches("Expected .*, but .*\\.");
    return ((Reply.Refused) answer).code();
  }

  @Test
  void shouldIgnoreTheEndOfAnEarlierRun() {
    LoneWorkflow flow = withEndedInstance();
    flow.restarted(1);

    flow.told(new Message.RunEnded(1, 1, RunStatus.SUCCEEDED));
    flow.told(new Message.RunEnded(1, 3, RunStatus.SUCCEEDED));

    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.IN_PROGRESS);
    flow.told(new Message.RunEnded(1, 2, RunStatus.SUCCEEDED));
    flow.told(new Message.RunEnded(1, 2, RunStatus.FAILED));
    assertThat(flow.instance(1).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(flow.record().running()).isZero();
  }

  @Test
  void shouldForgetAllRequestIdsOfAnInstanceAfterTheRetentionOfItsLastOne() {
    LoneWorkflow flow = withEndedInstance();
    Duration retention = EngineLimits.DEFAULT.requestRetention();
    flow.cluster.advanceTo(Duration.ofDays(5).toMillis());
    flow.restarted(1, 2, "again");
    flow.ended(1, RunStatus.SUCCEEDED);

    flow.cluster.advanceTo(Duration.ofDays(5).plus(retention).toMillis() - 1);
    assertThat(requestIds(flow)).isEqualTo(2);
    flow.cluster.advanceTo(Duration.ofDays(5).plus(retention).toMillis());
    flow.check();

    assertThat(requestIds(flow)).isZero();
    assertThat(flow.find(1)).isEmpty();
    assertThat(flow.cluster.timersOf(LoneWorkflow.ADDRESS)).isEmpty();
  }

  private static long requestIds(LoneWorkflow flow) {
    return flow.cluster.documents(LoneWorkflow.ADDRESS).values().stream()
        .filter(RequestRecord.class::isInstance)
        .count();
  }
}
