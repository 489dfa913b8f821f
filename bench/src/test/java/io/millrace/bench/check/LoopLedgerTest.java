package io.millrace.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loop of three iterations: each kind of harm is done to its timeline by hand. */
class LoopLedgerTest {
  private static final int ITERATIONS = 3;

  /** Of each iteration: what it does first, its step, its end. */
  private static final int EVENTS = 3;

  private final List<TimelineEvent> timeline = new ArrayList<>();

  LoopLedgerTest() {
    add("loop/1", 1, run("loop/1:1", RunStatus.CREATED, RunStatus.IN_PROGRESS));
    for (int i = 0; i < ITERATIONS; i++) {
      addIteration(i);
    }
    add("loop/1", 2, run("loop/1:1", RunStatus.SUCCEEDED));
  }

  @Test
  void shouldFindNothingWrongWithALoopThatIsWhole() {
    Findings findings = check(ITERATIONS);

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.counts())
        .containsEntry("iterations begun", 3L)
        .containsEntry("iterations ended", 3L)
        .containsEntry("iterations SUCCEEDED", 3L);
  }

  @Test
  void shouldFindAnIterationThatIsMissing() {
    timeline.subList(1 + EVENTS, 1 + 2 * EVENTS).clear();

    assertThat(check(ITERATIONS).broken())
        .containsExactly("Lost: iteration loop/1/fe/1 never began.");
    assertThat(check(0).broken()).containsExactly("Lost: iteration loop/1/fe/1 never began.");
  }

  @Test
  void shouldFindTheLastIterationsMissingWhenItIsKnownHowManyThereAre() {
    timeline.subList(1 + 2 * EVENTS, 1 + 3 * EVENTS).clear();

    assertThat(check(ITERATIONS).broken())
        .containsExactly("Lost: iteration loop/1/fe/2 never began.");
    assertThat(check(0).broken()).isEmpty();
  }

  @Test
  void shouldFindAnIterationThatEndedTwice() {
    add("loop/1/fe/1", 4, run("loop/1/fe/1:1", RunStatus.SUCCEEDED));

    assertThat(check(ITERATIONS).broken()).contains("Ended twice: iteration loop/1/fe/1:1.");
  }

  @Test
  void shouldFindAnIterationThatRanTwiceUnderAnotherEpoch() {
    addIteration(1, 1);

    assertThat(check(ITERATIONS).broken())
        .contains(
            "Begun twice: iteration loop/1/fe/1:1.",
            "Ended twice: step s@1 of iteration loop/1/fe/1:1.",
            "Ended twice: iteration loop/1/fe/1:1.");
  }

  @Test
  void shouldFindAnEventOfAnIterationThatCameTwice() {
    timeline.add(timeline.get(EVENTS));

    assertThat(check(ITERATIONS).broken())
        .contains(
            "Doubled: loop/1/fe/0 epoch 0 sequence 3.", "Ended twice: iteration loop/1/fe/0:1.");
  }

  @Test
  void shouldFindAnIterationThatDidNotEnd() {
    timeline.remove(3);

    assertThat(check(ITERATIONS).broken()).contains("Not ended: iteration loop/1/fe/0:1.");
  }

  @Test
  void shouldFindAnIterationThatEndedWithoutABeginning() {
    timeline.remove(1);

    assertThat(check(ITERATIONS).broken())
        .contains(
            "Ended before it began: iteration loop/1/fe/0:1.",
            "Lost: iteration loop/1/fe/0 never began.");
  }

  @Test
  void shouldFindAnIterationThatFailed() {
    timeline.set(EVENTS, event("loop/1/fe/0", 0, 3, run("loop/1/fe/0:1", RunStatus.FAILED)));

    assertThat(check(ITERATIONS).broken())
        .containsExactly("Not succeeded: iteration loop/1/fe/0:1.");
  }

  @Test
  void shouldFindAnIterationThatTheLoopDoesNotHave() {
    addIteration(ITERATIONS);

    assertThat(check(ITERATIONS).broken()).containsExactly("Made up: iteration loop/1/fe/3 of 3.");
  }

  @Test
  void shouldFindALoopWhoseRunDidNotSucceed() {
    timeline.set(timeline.size() - 1, event("loop/1", 0, 2, run("loop/1:1", RunStatus.FAILED)));

    assertThat(check(ITERATIONS).broken())
        .containsExactly("Not succeeded: run loop/1:1 is FAILED.");
  }

  @Test
  void shouldFindThatThereIsNoLoop() {
    timeline.clear();

    assertThat(check(ITERATIONS).broken()).containsExactly("Lost: no loop is on the timeline.");
    assertThat(check(0).broken()).isEmpty();
  }

  @Test
  void shouldAllowAnIterationToRunAgainAsItsNextRun() {
    add("loop/1/fe/2", 4, run("loop/1/fe/2:2", RunStatus.CREATED, RunStatus.IN_PROGRESS));
    add("loop/1/fe/2", 5, run("loop/1/fe/2:2", RunStatus.SUCCEEDED));

    assertThat(check(ITERATIONS).broken()).isEmpty();
  }

  private Findings check(int iterations) {
    Evidence evidence = new Evidence(new Expectations(iterations, 0));
    timeline.forEach(evidence::take);
    return evidence.findings();
  }

  private void addIteration(int iteration) {
    addIteration(iteration, 0);
  }

  private void addIteration(int iteration, long epoch) {
    String address = "loop/1/fe/" + iteration;
    String run = address + ":1";
    timeline.add(event(address, epoch, 1, run(run, RunStatus.CREATED, RunStatus.IN_PROGRESS)));
    timeline.add(
        event(
            address,
            epoch,
            2,
            new TimelineEvent.StepStatusChanged(
                "loop",
                run,
                "uuid-" + run,
                "s",
                1,
                List.of(StepStatus.CREATED, StepStatus.SUCCEEDED),
                null,
                null,
                null)));
    timeline.add(event(address, epoch, 3, run(run, RunStatus.SUCCEEDED)));
  }

  private void add(String address, long sequence, TimelineEvent.Happening happening) {
    timeline.add(event(address, 0, sequence, happening));
  }

  private static TimelineEvent event(
      String address, long epoch, long sequence, TimelineEvent.Happening happening) {
    return new TimelineEvent(epoch, address, sequence, 1_000, happening);
  }

  private static TimelineEvent.Happening run(String run, RunStatus... statuses) {
    return new TimelineEvent.RunStatusChanged(
        "loop", run, "uuid-" + run, null, List.of(statuses), null);
  }
}
