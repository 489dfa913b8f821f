package io.millrace.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.load.Workflows;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Naps of ten seconds that begin at second one. */
class NapLedgerTest {
  private static final long BEGIN = 1_000;
  private static final long DUE = 11_000;

  private final Evidence evidence = new Evidence(Expectations.NONE);

  @Test
  void shouldSayHowLateNapsEndedAndHowManyWereOnAtOnce() {
    nap(1, DUE);
    nap(2, DUE + 40);

    Findings findings = evidence.findings();

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.counts())
        .containsEntry("naps sent", 2L)
        .containsEntry("naps over", 2L)
        .containsEntry("naps at once, at most", 2L)
        .containsEntry("ms late, p50 of the naps", 0L)
        .containsEntry("ms late, p99 of the naps", 40L)
        .containsEntry("ms late, max of the naps", 40L);
  }

  @Test
  void shouldFindANapThatEndedAMillisecondEarly() {
    nap(1, DUE - 1);

    assertThat(evidence.findings().broken())
        .containsExactly("Woke 1 ms early: the nap of request r-1.");
  }

  @Test
  void shouldFindANapThatNeverEnded() {
    nap(1, DUE);
    send(2);
    begin(2);

    assertThat(evidence.findings().broken())
        .contains("Never woke: the nap of request r-2.", "Not ended: run uuid-2 of request r-2.");
  }

  @Test
  void shouldFindANapThatEndedTwice() {
    nap(1, DUE);
    evidence.take(step(1, 4, DUE, StepStatus.SUCCEEDED));

    assertThat(evidence.findings().broken()).contains("Woke twice: step nap of etl/1:1.");
  }

  @Test
  void shouldTakeNoStepsOfAnotherWorkflowForNaps() {
    evidence.take(new StartRequest("etl", null, "r-1", Map.of(), null, true));
    events(1, DUE - 1).forEach(evidence::take);
    evidence.take(step(1, 4, DUE, StepStatus.SUCCEEDED));

    Findings findings = evidence.findings();

    assertThat(findings.broken()).noneMatch(finding -> finding.startsWith("Woke"));
    assertThat(findings.counts()).doesNotContainKey("naps over");
  }

  @Test
  void shouldTellNapsThatWereOverdueWhenRestoredApart() {
    long restored = DUE + 60_000;
    Evidence after = new Evidence(new Expectations(0, restored));
    for (TimelineEvent event : events(1, restored + 700)) {
      after.take(event);
    }
    after.take(start(1));

    Findings findings = after.findings();

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.counts())
        .containsEntry("naps that were overdue when the savepoint was restored", 1L)
        .containsEntry("ms from then to the end, max of the overdue naps", 700L)
        .doesNotContainKey("ms late, max of the naps");
  }

  private void nap(int number, long end) {
    send(number);
    events(number, end).forEach(evidence::take);
  }

  private void send(int number) {
    evidence.take(start(number));
  }

  private void begin(int number) {
    events(number, DUE).subList(0, 3).forEach(evidence::take);
  }

  private static StartRequest start(int number) {
    Map<String, ParamDefinition> params =
        Map.of(Workflows.NAP_SECONDS, ParamDefinition.literal(new ParamValue.Int(10)));
    return new StartRequest("etl", null, "r-" + number, params, null, true);
  }

  private static List<TimelineEvent> events(int number, long end) {
    List<TimelineEvent> events = new ArrayList<>();
    events.add(
        new TimelineEvent(
            0,
            "etl",
            number,
            BEGIN,
            new TimelineEvent.StartAccepted("etl", 1, number, "uuid-" + number, "r-" + number)));
    events.add(run(number, 1, BEGIN, RunStatus.CREATED, RunStatus.IN_PROGRESS));
    events.add(step(number, 2, BEGIN, StepStatus.CREATED, StepStatus.RUNNING));
    events.add(step(number, 3, end, StepStatus.SUCCEEDED));
    events.add(run(number, 4, end, RunStatus.SUCCEEDED));
    return events;
  }

  private static TimelineEvent run(int number, long sequence, long at, RunStatus... statuses) {
    String run = "etl/" + number + ":1";
    return new TimelineEvent(
        0,
        "etl/" + number,
        sequence,
        at,
        new TimelineEvent.RunStatusChanged(
            "etl", run, "uuid-" + number, "r-" + number, List.of(statuses), null));
  }

  private static TimelineEvent step(int number, long sequence, long at, StepStatus... statuses) {
    String run = "etl/" + number + ":1";
    return new TimelineEvent(
        0,
        "etl/" + number,
        sequence,
        at,
        new TimelineEvent.StepStatusChanged(
            "etl", run, "uuid-" + number, "nap", 1, List.of(statuses), null, null, null));
  }
}
