package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.TimelineEvent.Happening;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private final Views.Screen screen = new Views.Screen();

  @Test
  void shouldShowRetriesPlainly() {
    // given
    TimelineHistory history = new TimelineHistory("etl/7");
    history.add(
        new TimelineEvent(
            1, "etl", 12, 1_000, new TimelineEvent.StartAccepted("etl", 3, 7, Views.UUID, "r1")));
    history.add(at(1, 1, 1_004, run(RunStatus.CREATED, RunStatus.IN_PROGRESS)));
    history.add(
        at(
            1,
            2,
            1_005,
            step(1, "", StepStatus.CREATED, StepStatus.INITIALIZED, StepStatus.RUNNING)));
    history.add(at(1, 3, 1_250, step(1, "connection reset", StepStatus.PLATFORM_FAILED)));
    history.add(at(1, 4, 2_250, step(2, "", StepStatus.CREATED, StepStatus.RUNNING)));
    history.add(at(1, 5, 3_000, step(2, "", StepStatus.SUCCEEDED)));

    // when
    boolean over = history.isOver();
    history.add(at(1, 6, 3_000, run(RunStatus.SUCCEEDED)));
    int status = TimelineVerb.print(history.events(), "etl/7", screen.output(false));

    // then
    assertThat(over).isFalse();
    assertThat(history.isOver()).isTrue();
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out())
        .isEqualTo(
            """
            Times count from 1970-01-01T00:00:01Z
            TIME    STEP     ATTEMPT    STATUS                  MESSAGE
            +0.000  etl/7               ACCEPTED                version 3, request r1
            +0.004  etl/7:1             CREATED > IN_PROGRESS
            +0.005  load     1          CREATED > .. > RUNNING
            +0.250  load     1          PLATFORM_FAILED         connection reset
            +1.250  load     2 (retry)  CREATED > RUNNING
            +2.000  load     2 (retry)  SUCCEEDED
            +2.000  etl/7:1             SUCCEEDED
            """);
  }

  @Test
  void shouldForgetWhatARestoredSavepointLivedAgain() {
    // given
    TimelineHistory history = new TimelineHistory("etl/7");
    TimelineEvent first = at(1, 1, 10, step(1, "", StepStatus.RUNNING));
    TimelineEvent undone = at(1, 2, 20, step(1, "", StepStatus.SUCCEEDED));
    TimelineEvent undoneToo = at(1, 3, 20, run(RunStatus.SUCCEEDED));
    TimelineEvent again = at(2, 2, 30, step(1, "full", StepStatus.USER_FAILED));

    // when
    List.of(first, undone, undoneToo, again, undone).forEach(history::add);

    // then
    assertThat(history.events()).containsExactly(first, again);
  }

  @Test
  void shouldTellOtherInstancesApart() {
    // given
    TimelineHistory history = new TimelineHistory("etl/7");

    // when
    history.add(new TimelineEvent(1, "etl/71", 1, 10, run(RunStatus.CREATED)));
    history.add(
        new TimelineEvent(
            1, "etl", 1, 10, new TimelineEvent.StartAccepted("etl", 3, 8, Views.UUID, "r")));

    // then
    assertThat(history.events()).isEmpty();
    assertThat(TimelineVerb.print(history.events(), "etl/7", screen.output(true)))
        .isEqualTo(ExitStatus.NO);
    assertThat(screen.out()).isEqualTo("[ ]\n");
  }

  @Test
  void shouldShowAWorkflowsOwnEvents() {
    // given
    TimelineHistory history = new TimelineHistory("etl");
    TimelineEvent pushed =
        new TimelineEvent(1, "etl", 1, 10, new TimelineEvent.VersionPushed("etl", 1, true, "ab"));

    // when
    history.add(pushed);
    history.add(at(1, 1, 20, run(RunStatus.CREATED)));

    // then
    assertThat(history.workflowId()).isEqualTo("etl");
    assertThat(history.events()).containsExactly(pushed);
    assertThat(history.isOver()).isTrue();
  }

  private static TimelineEvent at(long epoch, long sequence, long at, Happening event) {
    return new TimelineEvent(epoch, "etl/7", sequence, at, event);
  }

  private static Happening run(RunStatus... statuses) {
    return new TimelineEvent.RunStatusChanged(
        "etl", "etl/7:1", Views.UUID, "r1", List.of(statuses), null);
  }

  private static Happening step(long attempt, String message, StepStatus... statuses) {
    return new TimelineEvent.StepStatusChanged(
        "etl",
        "etl/7:1",
        Views.UUID,
        "load",
        attempt,
        List.of(statuses),
        null,
        null,
        message.isEmpty() ? null : message);
  }
}
