package io.millrace.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker is no better than what it finds: each kind of harm is done by hand here. */
class EvidenceTest {
  private static final Task TASK = task("uuid-1", "etl/1:1/work@1#aa");

  private final List<TimelineEvent> timeline = new ArrayList<>(soundTimeline());
  private final List<StartRequest> starts = new ArrayList<>(List.of(start("r-1")));
  private final List<Task> tasks = new ArrayList<>(List.of(TASK, TASK));
  private final List<Report> reports = new ArrayList<>(List.of(answer(TASK), answer(TASK)));
  private final List<Reply> replies = new ArrayList<>(List.of(ended("uuid-1", digest(TASK))));

  @Test
  void shouldFindNothingWrongWithSoundTopics() {
    Findings findings = check();

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.counts())
        .containsEntry("starts accepted", 1L)
        .containsEntry("runs ended", 1L)
        .containsEntry("timeline events", 6L)
        .containsEntry("epochs", 2L)
        .containsEntry("dispatch ids with an accepted result", 1L)
        .containsEntry("accepted outputs compared with their task", 1L);
  }

  @Test
  void shouldFindALostEvent() {
    timeline.add(event(1, "etl/1", 6, new TimelineEvent.VersionPushed("x", 1, true, "")));

    assertThat(check().broken()).containsExactly("Lost: etl/1 epoch 1 sequence 5.");
  }

  @Test
  void shouldFindALostFirstEvent() {
    timeline.remove(1);

    assertThat(check().broken()).contains("Lost: etl/1 epoch 0 sequence 1.");
  }

  /** An iteration that succeeded is forgotten; when it runs again its numbers go on further up. */
  @Test
  void shouldTakeAnIterationThatRunsAgainForNoLoss() {
    timeline.add(event(1, "etl/1/loop/2", 1, pushed()));
    timeline.add(event(1, "etl/1/loop/2", TimelineEvent.EVENTS_PER_RUN + 1, pushed()));

    assertThat(check().broken()).isEmpty();
  }

  @Test
  void shouldFindALossWhereOnlyAnIterationMayGoOnFurtherUp() {
    timeline.add(event(1, "etl/1/loop/2", 1, pushed()));
    timeline.add(event(1, "etl/1/loop/2", TimelineEvent.EVENTS_PER_RUN + 2, pushed()));
    timeline.add(event(1, "flow", TimelineEvent.EVENTS_PER_RUN - 1, pushed()));
    timeline.add(event(1, "flow", TimelineEvent.EVENTS_PER_RUN + 1, pushed()));

    assertThat(check().broken())
        .contains("Lost: flow epoch 1 sequence 1000000.", "Lost: etl/1/loop/2 epoch 1 sequence 2.");
  }

  private static TimelineEvent.VersionPushed pushed() {
    return new TimelineEvent.VersionPushed("x", 1, true, "");
  }

  @Test
  void shouldFindAnEventLostBetweenTwoEpochs() {
    timeline.remove(3);

    assertThat(check().broken()).contains("Lost: etl/1 epoch 1 sequence 3.");
  }

  @Test
  void shouldFindADoubledEvent() {
    timeline.add(3, timeline.get(2));

    assertThat(check().broken()).contains("Doubled: etl/1 epoch 0 sequence 2.");
  }

  @Test
  void shouldFindAnEventOutOfOrder() {
    timeline.add(1, timeline.remove(2));

    assertThat(check().broken())
        .containsExactly(
            "Out of order: etl/1 epoch 0 sequence 1 comes after etl/1 epoch 0 sequence 2.");
  }

  @Test
  void shouldAllowAnOlderSavepointToRepeatNumbersInItsNewEpoch() {
    TimelineEvent repeated = timeline.get(2);
    timeline.add(
        4,
        new TimelineEvent(
            1, "etl/1", 1, repeated.at(), new TimelineEvent.VersionPushed("x", 1, true, "")));
    timeline.remove(3);
    timeline.add(
        4, event(1, "etl/1", 2, steps(List.of(StepStatus.SUCCEEDED), "etl/1:1/work@1#aa")));
    timeline.add(5, event(1, "etl/1", 3, steps(List.of(StepStatus.CREATED), null)));

    assertThat(check().broken()).isEmpty();
  }

  @Test
  void shouldFindAStartThatWasNeverAccepted() {
    starts.add(start("r-2"));

    assertThat(check().broken()).containsExactly("Lost: request r-2 was not accepted.");
  }

  @Test
  void shouldFindAStartAcceptedTwice() {
    timeline.add(event(1, "etl", 3, new TimelineEvent.StartAccepted("etl", 1, 2, "uuid-2", "r-1")));
    timeline.add(event(1, "etl/2", 1, run("etl/2:1", "uuid-2", RunStatus.SUCCEEDED)));

    assertThat(check().broken()).contains("Accepted twice: request r-1 as runs uuid-1 and uuid-2.");
  }

  @Test
  void shouldFindARunThatDidNotEnd() {
    timeline.remove(4);

    assertThat(check().broken()).contains("Not ended: run uuid-1 of request r-1.");
  }

  @Test
  void shouldFindARunThatEndedTwice() {
    timeline.add(event(1, "etl/1", 5, run("etl/1:1", "uuid-1", RunStatus.FAILED)));

    assertThat(check().broken()).contains("Ended twice: run etl/1:1 as SUCCEEDED and FAILED.");
  }

  @Test
  void shouldFindADispatchWithTwoResults() {
    timeline.add(event(1, "etl/1", 5, steps(List.of(StepStatus.SUCCEEDED), "etl/1:1/work@1#aa")));

    assertThat(check().broken())
        .contains("Two results: etl/1:1/work@1#aa is SUCCEEDED and SUCCEEDED.");
  }

  @Test
  void shouldFindATaskThatWasNeverSent() {
    tasks.clear();

    assertThat(check().broken()).contains("Lost: the task of etl/1:1/work@1#aa was never sent.");
  }

  @Test
  void shouldFindAResultThatNoWorkerReported() {
    reports.clear();

    assertThat(check().broken())
        .contains("Made up: etl/1:1/work@1#aa is SUCCEEDED without such a report.");
  }

  @Test
  void shouldFindOneDispatchIdForTwoBodies() {
    tasks.add(task("uuid-other", TASK.dispatchId()));

    assertThat(check().broken()).contains("Two bodies: etl/1:1/work@1#aa.");
  }

  @Test
  void shouldFindAReportThatAnswersAnotherTask() {
    reports.set(0, answer(task("uuid-other", TASK.dispatchId())));

    assertThat(check().broken())
        .contains("Foreign report: etl/1:1/work@1#aa answers another task.");
  }

  @Test
  void shouldFindARunThatTookAnotherRunsAnswer() {
    Task other = task("uuid-other", "etl/1:1/work@1#bb");
    tasks.add(other);
    replies.set(0, ended("uuid-1", digest(other)));

    assertThat(check().broken()).singleElement().asString().startsWith("Foreign answer: step work");
    assertThat(check().counts())
        .containsEntry(
            "attempts given out again after a crash undid them (same address, other dispatch id)",
            1L);
  }

  private Findings check() {
    Evidence evidence = new Evidence(Expectations.NONE);
    starts.forEach(evidence::take);
    tasks.forEach(evidence::take);
    reports.forEach(evidence::take);
    timeline.forEach(evidence::take);
    replies.forEach(evidence::take);
    return evidence.findings();
  }

  private static List<TimelineEvent> soundTimeline() {
    return List.of(
        event(0, "etl", 1, new TimelineEvent.StartAccepted("etl", 1, 1, "uuid-1", "r-1")),
        event(0, "etl/1", 1, run("etl/1:1", "uuid-1", RunStatus.IN_PROGRESS)),
        event(
            0,
            "etl/1",
            2,
            steps(List.of(StepStatus.CREATED, StepStatus.RUNNING), "etl/1:1/work@1#aa")),
        event(1, "etl/1", 3, steps(List.of(StepStatus.SUCCEEDED), "etl/1:1/work@1#aa")),
        event(1, "etl/1", 4, run("etl/1:1", "uuid-1", RunStatus.SUCCEEDED)),
        event(1, "etl", 2, new TimelineEvent.VersionPushed("etl", 2, true, "00")));
  }

  private static TimelineEvent event(
      long epoch, String address, long sequence, TimelineEvent.Happening happening) {
    return new TimelineEvent(epoch, address, sequence, 1_000, happening);
  }

  private static TimelineEvent.Happening run(String run, String uuid, RunStatus status) {
    return new TimelineEvent.RunStatusChanged("etl", run, uuid, "r-1", List.of(status), null);
  }

  private static TimelineEvent.Happening steps(List<StepStatus> statuses, String dispatchId) {
    return new TimelineEvent.StepStatusChanged(
        "etl", "etl/1:1", "uuid-1", "work", 1, statuses, dispatchId, null, null);
  }

  private static StartRequest start(String requestId) {
    return new StartRequest("etl", null, requestId, Map.of(), null, true);
  }

  private static Task task(String runUuid, String dispatchId) {
    return new Task(
        Task.PROTOCOL,
        dispatchId,
        "bench-work",
        "etl",
        "etl/1:1",
        runUuid,
        "work",
        1,
        "bench-work",
        Map.of(Workflows.ECHO, new ParamValue.Text("")),
        1_000);
  }

  private static Report answer(Task task) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        Report.Kind.SUCCEEDED,
        "w",
        Map.of(Workflows.ECHO, new ParamValue.Text(digest(task))),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Reply ended(String runUuid, String echo) {
    RunView.StepView step =
        new RunView.StepView(
            "work",
            StepStatus.SUCCEEDED,
            1,
            1L,
            2L,
            null,
            null,
            null,
            null,
            null,
            Map.of(Workflows.ECHO, new ParamValue.Text(echo)));
    RunView run =
        new RunView(
            "etl",
            1,
            1,
            "etl/1:1",
            runUuid,
            1,
            RunStatus.SUCCEEDED,
            null,
            null,
            0,
            1L,
            2L,
            Map.of(),
            List.of(step),
            Map.of(),
            List.of());
    return new Reply("r-1", new Reply.RunTold(run, true));
  }

  private static String digest(Task task) {
    return LoadWorker.digest(task);
  }
}
