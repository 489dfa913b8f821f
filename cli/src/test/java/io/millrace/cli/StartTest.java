package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.FakeSystem.Sent;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class StartTest {
  private static final Answer STARTED = new Reply.Started("etl/7:1", Views.UUID, 3, false);
  private static final Answer DUPLICATE = new Reply.Started("etl/7:1", Views.UUID, 3, true);

  private final Views.Screen screen = new Views.Screen();

  @Test
  void shouldNameTheRun() throws NotReached {
    // when
    int status = start(new FakeSystem(sent -> List.of(STARTED)), false, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Started etl/7:1 (version 3).\n");
  }

  @Test
  void shouldCallARepeatedRequestDone() throws NotReached {
    // when
    int status = start(new FakeSystem(sent -> List.of(DUPLICATE)), false, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Request r1 has started etl/7:1 (version 3) before.\n");
  }

  @Test
  void shouldSayWhyARunWasStoppedOnArrival() throws NotReached {
    // given
    Answer stopped = new Reply.Started("etl/8:1", Views.UUID, 3, false, "Another one runs.");

    // when
    int status = start(new FakeSystem(sent -> List.of(stopped)), false, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out())
        .isEqualTo("Started etl/8:1 (version 3).\nIt was stopped at once: Another one runs.\n");
  }

  @Test
  void shouldPrintOneDocumentWhenRefused() throws NotReached {
    // given
    Answer refused = new Reply.Refused("UNKNOWN_WORKFLOW", "Expected it, but no.", List.of());

    // when
    int status = start(new FakeSystem(sent -> List.of(refused)), true, true);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.out())
        .isEqualTo(
            """
            {
              "type" : "REFUSED",
              "code" : "UNKNOWN_WORKFLOW",
              "message" : "Expected it, but no.",
              "problems" : [ ]
            }
            """);
  }

  @Test
  void shouldWaitForTheEndThatIsToldUnasked() throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(STARTED, told(RunStatus.SUCCEEDED)));

    // when
    int status = start(system, true, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(system.sent()).hasSize(1);
    assertThat(system.sent().get(0).read(StartRequest.class).follow()).isTrue();
    assertThat(screen.out()).contains("etl/7:1  SUCCEEDED");
  }

  @Test
  void shouldExitWithNoWhenTheRunFails() throws NotReached {
    // when
    int status =
        start(new FakeSystem(sent -> List.of(STARTED, told(RunStatus.FAILED))), true, true);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.out()).startsWith("{\n  \"workflow_id\" : \"etl\"").endsWith("}\n");
  }

  @Test
  void shouldAskForTheRunWhenItsEndIsLost() throws NotReached {
    // given
    FakeSystem system =
        new FakeSystem(
            sent ->
                switch (sent.number()) {
                  case 1 -> List.of(STARTED);
                  case 2 -> List.of(told(RunStatus.IN_PROGRESS));
                  default -> List.of(told(RunStatus.SUCCEEDED));
                });

    // when
    int status = start(system, true, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(system.sent()).hasSize(3);
    ActionRequest show = system.sent().get(1).read(ActionRequest.class);
    assertThat(show.action()).isEqualTo(ActionRequest.Action.SHOW);
    assertThat(show.target()).isEqualTo("etl/7:1");
    assertThat(show.runUuid()).isEqualTo(Views.UUID);
  }

  @Test
  void shouldAskAtOnceForARunThatAnotherRequestMade() throws NotReached {
    // given
    FakeSystem system =
        new FakeSystem(sent -> List.of(sent.number() == 1 ? DUPLICATE : told(RunStatus.SUCCEEDED)));

    // when
    start(system, true, false);

    // then
    assertThat(system.now()).isLessThan(1_000);
  }

  @Test
  void shouldStartAgainWhenACrashGaveTheNumberToAnotherRun() throws NotReached {
    // given
    Answer other = new Reply.Refused("OTHER_RUN", "Expected etl/7 to be run.", List.of());
    Answer renewed = new Reply.Started("etl/8:1", Views.UUID, 3, true);
    Function<Sent, List<Answer>> answers =
        sent -> {
          if (sent.topic().equals(Topics.DEFAULT.triggers())) {
            return List.of(sent.number() == 1 ? STARTED : renewed);
          }
          String target = sent.read(ActionRequest.class).target();
          return List.of(target.equals("etl/8:1") ? told(RunStatus.SUCCEEDED) : other);
        };
    FakeSystem system = new FakeSystem(answers);

    // when
    int status = start(system, true, false);

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).contains("Request r1 has started etl/8:1 (version 3) before.");
    assertThat(system.sent().stream().filter(sent -> sent.topic().equals("millrace.triggers")))
        .extracting(sent -> sent.read(StartRequest.class).requestId())
        .containsExactly("r1", "r1");
  }

  @Test
  void shouldStopWaitingWhenTheSystemFallsSilent() {
    // given
    FakeSystem system = new FakeSystem(sent -> sent.number() == 1 ? List.of(STARTED) : List.of());

    // when, then
    assertThatThrownBy(() -> start(system, true, false)).isInstanceOf(NotReached.class);
    assertThat(system.now()).isBetween(30_000L, 45_000L);
  }

  private static Answer told(RunStatus status) {
    return new Reply.RunTold(Views.run(status), status.isTerminal());
  }

  private int start(FakeSystem system, boolean wait, boolean json) throws NotReached {
    StartRequest request = new StartRequest("etl", null, "r1", Map.of(), null, wait);
    return new StartVerb.Starting(system.converse(), request, screen.output(json)).run();
  }
}
