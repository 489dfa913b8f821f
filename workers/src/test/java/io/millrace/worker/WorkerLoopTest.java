package io.millrace.worker;

import static io.millrace.worker.LoopRig.PARTITION;
import static io.millrace.worker.LoopRig.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.Report.Kind;
import io.millrace.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class WorkerLoopTest {
  private static final WorkerOptions DEFAULT = WorkerOptions.DEFAULT;

  private final AtomicInteger runs = new AtomicInteger();
  private final TaskHandler succeeds =
      task -> {
        runs.incrementAndGet();
        return TaskResult.succeeded();
      };

  @Test
  void shouldCommitNothingBehindAnUnfinishedTask() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").given("b").turn();

    // when the second one ends first
    rig.runLast().acknowledge();

    // then
    assertThat(rig.committed()).isZero();
    rig.runFirst().acknowledge();
    assertThat(rig.committed()).isEqualTo(2);
  }

  @Test
  void shouldCommitOnlyWhatKafkaHasAcknowledged() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").turn().runFirst();

    assertThat(rig.committed()).isZero();
    assertThat(rig.acknowledge().committed()).isEqualTo(1);
  }

  @Test
  void shouldAnswerARepeatedTaskFromMemory() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").turn().runFirst();

    rig.given("a").turn().acknowledge();

    assertThat(rig.kinds()).containsExactly(Kind.SUCCEEDED, Kind.SUCCEEDED);
    assertThat(runs).hasValue(1);
    assertThat(rig.waiting()).isZero();
    assertThat(rig.committed()).isEqualTo(2);
  }

  @Test
  void shouldNotStartATaskTwiceWhileItIsOpen() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").given("a").turn();

    assertThat(rig.waiting()).isEqualTo(1);
    rig.runFirst();
    assertThat(rig.committed()).isZero();
    rig.acknowledge();
    assertThat(rig.kinds()).containsExactly(Kind.SUCCEEDED);
    assertThat(rig.committed()).isEqualTo(2);
  }

  @Test
  void shouldRunATaskAgainWhoseAnswerIsForgotten() {
    LoopRig rig = new LoopRig(DEFAULT.withRememberedAnswers(1), succeeds, true);

    rig.given("a").given("a").turn();
    assertThat(runs).hasValue(1);
    rig.given("b").given("a").turn();
    assertThat(runs).hasValue(3);
  }

  @Test
  void shouldTellStartAndSignsOfLifeOfALongTask() {
    AtomicReference<LoopRig> rig = new AtomicReference<>();
    rig.set(
        new LoopRig(
            DEFAULT,
            task -> {
              rig.get().pass(Duration.ofMillis(999)).turn();
              assertThat(rig.get().kinds()).isEmpty();
              rig.get().pass(Duration.ofMillis(101)).turn();
              assertThat(rig.get().kinds()).containsExactly(Kind.STARTED);
              rig.get().pass(Duration.ofMillis(9_999)).turn();
              assertThat(rig.get().kinds()).isEmpty();
              rig.get().pass(Duration.ofMillis(101)).turn();
              assertThat(rig.get().kinds()).containsExactly(Kind.HEARTBEAT);
              return TaskResult.succeeded();
            }));

    rig.get().given("a").turn().runFirst();

    assertThat(rig.get().kinds()).containsExactly(Kind.SUCCEEDED);
    rig.get().pass(Duration.ofDays(1)).turn();
    assertThat(rig.get().kinds()).isEmpty();
  }

  @Test
  void shouldGiveSignsOfLifeAsOftenAsTheStepAsks() {
    AtomicReference<LoopRig> rig = new AtomicReference<>();
    rig.set(
        new LoopRig(
            DEFAULT,
            task -> {
              rig.get().pass(Duration.ofMillis(499)).turn();
              assertThat(rig.get().kinds()).isEmpty();
              rig.get().pass(Duration.ofMillis(101)).turn();
              assertThat(rig.get().kinds()).containsExactly(Kind.STARTED);
              rig.get().pass(Duration.ofMillis(1_999)).turn();
              assertThat(rig.get().kinds()).isEmpty();
              rig.get().pass(Duration.ofMillis(101)).turn();
              assertThat(rig.get().kinds()).containsExactly(Kind.HEARTBEAT);
              return TaskResult.succeeded();
            }));

    rig.get()
        .given(
            TaskFixture.task(
                "a",
                LoopRig.QUEUE,
                1,
                Map.of(
                    "heartbeat_timeout", new ParamValue.Int(6),
                    "schedule_to_start_timeout", new ParamValue.Text("1 s"))))
        .turn()
        .runFirst();

    assertThat(rig.get().kinds()).containsExactly(Kind.SUCCEEDED);
  }

  @Test
  void shouldTellTheStartAtOnceIfAsked() {
    LoopRig rig = new LoopRig(DEFAULT.withStartedAfter(Duration.ZERO), succeeds);

    rig.given("a").turn().runFirst();

    assertThat(rig.kinds()).containsExactly(Kind.STARTED, Kind.SUCCEEDED);
  }

  @Test
  void shouldTellProgressOnceInAnInterval() {
    AtomicReference<LoopRig> rig = new AtomicReference<>();
    rig.set(
        new LoopRig(
            DEFAULT,
            task -> {
              task.progress(0.1, "one");
              task.log("line 1");
              task.link("http://log");
              task.progress(0.2, "two");
              rig.get().pass(Duration.ofMillis(100)).turn();
              List<Report> first = rig.get().reports();
              assertThat(first)
                  .extracting(Report::kind)
                  .containsExactly(Kind.STARTED, Kind.PROGRESS);
              assertThat(first.get(1).progress()).isEqualTo(0.2);
              assertThat(first.get(1).message()).isEqualTo("two");
              assertThat(first.get(1).logTail()).isEqualTo("line 1\n");
              assertThat(first.get(1).link()).isEqualTo("http://log");
              task.progress(0.3, "three");
              rig.get().pass(Duration.ofMillis(999)).turn();
              assertThat(rig.get().kinds()).isEmpty();
              rig.get().pass(Duration.ofMillis(101)).turn();
              assertThat(rig.get().kinds()).containsExactly(Kind.PROGRESS);
              return TaskResult.succeeded();
            }));

    rig.get().given("a").turn().runFirst();
  }

  @Test
  void shouldClassifyFailures() {
    assertThat(reportOf(task -> TaskResult.failedForGood(Failure.FATAL, "no")))
        .extracting(Report::failure, Report::retryable, Report::message)
        .containsExactly(Failure.FATAL, false, "no");
    assertThat(reportOf(task -> TaskResult.failed(Failure.PLATFORM, "x".repeat(1_001))))
        .extracting(Report::failure, Report::retryable, Report::message)
        .containsExactly(Failure.PLATFORM, true, "x".repeat(1_000));
    assertThat(
            reportOf(
                task -> {
                  throw new IllegalStateException("mine");
                }))
        .extracting(Report::failure, Report::retryable, Report::message)
        .containsExactly(Failure.USER, true, "java.lang.IllegalStateException: mine");
    assertThat(
            reportOf(
                task -> {
                  throw new LinkageError("theirs");
                }))
        .extracting(Report::failure)
        .isEqualTo(Failure.PLATFORM);
  }

  @Test
  void shouldInterruptACancelledTaskAndSayNothing() {
    AtomicReference<LoopRig> rig = new AtomicReference<>();
    rig.set(
        new LoopRig(
            DEFAULT,
            task -> {
              rig.get().loop.cancel("a");
              assertThat(task.isCancelled()).isTrue();
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              throw new InterruptedException();
            }));

    rig.get().given("a").given("a").turn().runFirst();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    rig.get().given("a").turn();
    assertThat(rig.get().waiting()).isZero();
    assertThat(rig.get().kinds()).isEmpty();
    assertThat(rig.get().committed()).isEqualTo(3);
  }

  @Test
  void shouldNotRunATaskCancelledBeforeItsTurn() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("waits").turn();

    rig.loop.cancel("waits");
    rig.loop.cancel("comes later");
    rig.runFirst().given("comes later").turn();

    assertThat(runs).hasValue(0);
    assertThat(rig.waiting()).isZero();
    assertThat(rig.committed()).isEqualTo(2);
  }

  @Test
  void shouldSendAnAnswerAgainThatKafkaDidNotTakeInTime() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").turn().runFirst();

    rig.producer.errorNext(new TimeoutException("late"));
    assertThat(rig.committed()).isZero();
    rig.acknowledge();

    assertThat(rig.kinds()).containsExactly(Kind.SUCCEEDED, Kind.SUCCEEDED);
    assertThat(runs).hasValue(1);
    assertThat(rig.committed()).isEqualTo(1);
  }

  @Test
  void shouldFailATaskWhoseAnswerIsTooLarge() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").turn().runFirst();

    rig.producer.errorNext(new RecordTooLargeException("big"));
    rig.turn().acknowledge();

    Report last = rig.reports().get(1);
    assertThat(last.failure()).isEqualTo(Failure.USER);
    assertThat(last.retryable()).isFalse();
    assertThat(rig.committed()).isEqualTo(1);
  }

  @Test
  void shouldEndWhenReportsAreRefused() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").turn().runFirst();

    rig.producer.errorNext(new TopicAuthorizationException("no"));

    assertThatThrownBy(rig::turn).hasMessageContaining("Expected reports to reach Kafka");
    assertThat(rig.committedSoFar()).isZero();
  }

  @Test
  void shouldReadNoFurtherAtTheLimitAndGoOnAtHalf() {
    WorkerOptions four =
        new WorkerOptions(
            1,
            4,
            10,
            10,
            DEFAULT.startedAfter(),
            DEFAULT.heartbeatInterval(),
            DEFAULT.progressInterval(),
            DEFAULT.commitInterval(),
            DEFAULT.stopDeadline());
    LoopRig rig = new LoopRig(four, succeeds).given("a").given("b").given("c").turn().turn();
    assertThat(rig.consumer.paused()).isEmpty();

    rig.given("d").turn().turn();
    assertThat(rig.consumer.paused()).containsExactly(PARTITION);
    rig.given("e").runFirst().turn();
    assertThat(rig.consumer.paused()).containsExactly(PARTITION);
    assertThat(rig.waiting()).isEqualTo(3);

    rig.runFirst().turn().turn();
    assertThat(rig.consumer.paused()).isEmpty();
    assertThat(rig.waiting()).isEqualTo(3);
  }

  @Test
  void shouldSkipWhatIsNoTask() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds);

    rig.givenBytes("{".getBytes(StandardCharsets.UTF_8)).given("a").turn().runFirst();

    assertThat(rig.acknowledge().committed()).isEqualTo(2);
  }

  @Test
  void shouldRefuseATaskOfAnotherProtocol() {
    Task task = TaskFixture.task("a", QUEUE);
    LoopRig rig =
        new LoopRig(DEFAULT, succeeds)
            .given(
                new Task(
                    2,
                    "a",
                    QUEUE,
                    "wf",
                    "wf/1:1",
                    "uuid-1",
                    "s",
                    1,
                    QUEUE,
                    Map.of(),
                    task.timeoutMs()))
            .turn();

    assertThat(rig.reports().get(0).message())
        .isEqualTo("Expected a task of protocol 1, but it is of 2.");
    assertThat(runs).hasValue(0);
  }

  @Test
  void shouldRunInlineWithoutThePool() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds, true).given("a").given("b").turn();

    assertThat(rig.kinds()).containsExactly(Kind.SUCCEEDED, Kind.SUCCEEDED);
    assertThat(rig.acknowledge().committed()).isEqualTo(2);
  }

  @Test
  void shouldLeaveWhatWaitsToOthersWhenItStops() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").given("b").turn();
    rig.runFirst().acknowledge();

    rig.loop.drain();
    rig.runFirst();

    assertThat(runs).hasValue(1);
    assertThat(rig.kinds()).containsExactly(Kind.SUCCEEDED);
    assertThat(rig.committedSoFar()).isEqualTo(1);
    assertThat(rig.loop.openCount()).isZero();
  }

  @Test
  void shouldGiveUpWhatRunsTooLongWhenItStops() {
    AtomicReference<LoopRig> rig = new AtomicReference<>();
    rig.set(
        new LoopRig(
            DEFAULT.withStopDeadline(Duration.ZERO),
            task -> {
              rig.get().loop.drain();
              assertThat(Thread.interrupted()).isTrue();
              return TaskResult.succeeded();
            }));

    rig.get().given("a").turn().runFirst();

    assertThat(rig.get().kinds()).isEmpty();
    assertThat(rig.get().committedSoFar()).isZero();
  }

  @Test
  void shouldNotStartWhatWentToAnotherWorker() {
    LoopRig rig = new LoopRig(DEFAULT, succeeds).given("a").given("b").turn();
    rig.runFirst().acknowledge();

    // when
    rig.consumer.rebalance(Set.of());
    rig.runFirst();

    // then
    assertThat(runs).hasValue(1);
    assertThat(rig.loop.openCount()).isZero();
  }

  private static Report reportOf(TaskHandler handler) {
    return new LoopRig(DEFAULT, handler).given("a").turn().runFirst().reports().get(0);
  }
}
