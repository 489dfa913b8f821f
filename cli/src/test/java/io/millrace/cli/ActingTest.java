package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ActingTest {
  private static final Answer RUNNING = new Reply.RunTold(Views.run(RunStatus.IN_PROGRESS), false);
  private static final Answer STOPPED = new Reply.RunTold(Views.run(RunStatus.STOPPED), true);
  private static final Answer FAILED = new Reply.RunTold(Views.run(RunStatus.FAILED), true);
  private static final Answer ENDED =
      new Reply.Refused("ALREADY_ENDED", "Expected it to be running.", List.of());

  private final Views.Screen screen = new Views.Screen();

  @Test
  void shouldStopTheRunItHasSeenAndNoOther() throws NotReached {
    // given
    FakeSystem system = showing(RUNNING, new Reply.Done("STOP"));

    // when
    int status = act(system, new StopVerb(), "etl/7", "--reason", "too late");

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Stopped etl/7:1.\n");
    ActionRequest stop = system.sent().get(1).read(ActionRequest.class);
    assertThat(stop.action()).isEqualTo(Action.STOP);
    assertThat(stop.runUuid()).isEqualTo(Views.UUID);
    assertThat(stop.reason()).isEqualTo("too late");
  }

  @ParameterizedTest
  @CsvSource({"STOP, STOPPED, 0", "KILL, FAILED, 0", "STOP, FAILED, 1", "KILL, STOPPED, 1"})
  void shouldCallAnEndDoneOnlyIfTheRunHasEndedSoAfterALostAnswer(
      Action action, RunStatus end, int expected) throws NotReached {
    // given
    FakeSystem system =
        new FakeSystem(
            sent ->
                switch (sent.number()) {
                  case 1 -> List.of(RUNNING);
                  case 2 -> List.of();
                  case 3 -> List.of(ENDED);
                  default -> List.of(new Reply.RunTold(Views.run(end), true));
                });

    // when
    int status = act(system, action == Action.STOP ? new StopVerb() : new KillVerb(), "etl/7");

    // then
    assertThat(status).isEqualTo(expected);
    assertThat(system.sent()).hasSize(4);
  }

  @Test
  void shouldRefuseToStopWhatHasEnded() throws NotReached {
    // given
    FakeSystem system = showing(STOPPED, new Reply.Done("STOP"));

    // when
    int status = act(system, new StopVerb(), "etl/7");

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.err()).isEqualTo("Expected etl/7:1 to be running, but it is STOPPED.\n");
    assertThat(system.sent()).hasSize(1);
  }

  @Test
  void shouldRefuseARunThatIsNotTheLatest() throws NotReached {
    // given
    FakeSystem system = showing(RUNNING, new Reply.Done("STOP"));

    // when
    int status = act(system, new StopVerb(), "etl/7:2");

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.err())
        .isEqualTo("Expected etl/7:2 to be the latest run of its instance, but that is etl/7:1.\n");
    assertThat(system.sent()).hasSize(1);
  }

  @Test
  void shouldKillAStepOfTheRunItHasSeen() throws NotReached {
    // given
    FakeSystem system = showing(RUNNING, new Reply.Done("KILL"));

    // when
    int status = act(system, new KillVerb(), "etl/7", "--step", "load");

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Killed step load of etl/7:1.\n");
    ActionRequest kill = system.sent().get(1).read(ActionRequest.class);
    assertThat(kill.action()).isEqualTo(Action.KILL);
    assertThat(kill.step()).isEqualTo("load");
    assertThat(kill.runUuid()).isEqualTo(Views.UUID);
  }

  @Test
  void shouldSkipAStep() throws NotReached {
    // given
    FakeSystem system = showing(RUNNING, new Reply.Done("SKIP"));

    // when
    act(system, new SkipVerb(), "etl/7", "--step", "load");

    // then
    assertThat(screen.out()).isEqualTo("Skipped step load of etl/7:1.\n");
    ActionRequest skip = system.sent().get(1).read(ActionRequest.class);
    assertThat(skip.action()).isEqualTo(Action.SKIP);
    assertThat(skip.step()).isEqualTo("load");
  }

  @ParameterizedTest
  @CsvSource({"STOP, Stopped all runs of etl.", "KILL, Killed all runs of etl."})
  void shouldEndAWholeWorkflow(Action action, String told) throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(new Reply.Done(action.name())));

    // when
    int status = act(system, action == Action.STOP ? new StopVerb() : new KillVerb(), "etl");

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo(told + "\n");
    assertThat(system.sent()).hasSize(1);
    assertThat(system.sent().get(0).read(ActionRequest.class).target()).isEqualTo("etl");
    assertThat(system.sent().get(0).record().key()).isEqualTo("etl");
  }

  @Test
  void shouldEndAWholeWorkflowOnlyOnceEvenWithoutAnAnswer() {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of());

    // when, then
    assertThatThrownBy(() -> act(system, new StopVerb(), "etl")).isInstanceOf(NotReached.class);
    assertThat(system.sent()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"etl, Unblocked etl.", "etl/7, Unblocked etl/7."})
  void shouldUnblockAQueue(String target, String told) throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(new Reply.Done("UNBLOCK")));

    // when
    act(system, new UnblockVerb(), target);

    // then
    assertThat(screen.out()).isEqualTo(told + "\n");
    assertThat(system.sent()).hasSize(1);
    assertThat(system.sent().get(0).read(ActionRequest.class).action()).isEqualTo(Action.UNBLOCK);
  }

  @Test
  void shouldNameTheRunThatARestartMakes() throws NotReached {
    // given
    FakeSystem system = showing(FAILED, new Reply.Started("etl/7:2", "uuid-2", 3, false));

    // when
    int status =
        act(
            system,
            new RestartVerb(),
            "etl/7",
            "--policy",
            "from_beginning",
            "-p",
            "day=5",
            "--request-id",
            "r1");

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Restarted etl/7:1; the new run is etl/7:2 (version 3).\n");
    ActionRequest restart = system.sent().get(1).read(ActionRequest.class);
    assertThat(restart.action()).isEqualTo(Action.RESTART);
    assertThat(restart.runUuid()).isEqualTo(Views.UUID);
    assertThat(restart.policy()).isEqualTo(RestartPolicy.FROM_BEGINNING);
    assertThat(restart.params())
        .isEqualTo(Map.of("day", ParamDefinition.literal(new ParamValue.Int(5))));
    assertThat(restart.requestId()).isEqualTo("r1");
    assertThat(restart.step()).isNull();
  }

  @Test
  void shouldTellWhatARepeatedRestartMadeBefore() throws NotReached {
    // given
    FakeSystem system = showing(FAILED, new Reply.Started("etl/7:2", "uuid-2", 3, true));

    // when
    act(system, new RestartVerb(), "etl/7", "--request-id", "r1");

    // then
    assertThat(screen.out()).isEqualTo("Request r1 has made etl/7:2 (version 3) before.\n");
  }

  @Test
  void shouldSayThatARestartWasStoppedOnArrival() throws NotReached {
    // given
    FakeSystem system =
        showing(FAILED, new Reply.Started("etl/7:2", "uuid-2", 3, false, "Another one runs."));

    // when
    act(system, new RestartVerb(), "etl/7");

    // then
    assertThat(screen.out()).endsWith(" It was stopped at once: Another one runs.\n");
  }

  @Test
  void shouldGiveEveryRestartARequestIdOfItsOwn() {
    // when
    ActionRequest first = request(new RestartVerb(), "etl/7");
    ActionRequest second = request(new RestartVerb(), "etl/7");

    // then
    assertThat(first.requestId()).isNotBlank().isNotEqualTo(second.requestId());
    assertThat(first.policy()).isNull();
  }

  @Test
  void shouldRestartAnIterationThatCanNotBeShown() throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(new Reply.Done("RESTART")));

    // when
    act(system, new RestartVerb(), "etl/7/per-shop/3", "--step", "load");

    // then
    assertThat(screen.out()).isEqualTo("Restarted step load of etl/7/per-shop/3.\n");
    assertThat(system.sent()).hasSize(1);
    ActionRequest restart = system.sent().get(0).read(ActionRequest.class);
    assertThat(restart.target()).isEqualTo("etl/7/per-shop/3");
    assertThat(restart.runUuid()).isNull();
    assertThat(system.sent().get(0).record().key()).isEqualTo("etl");
  }

  @Test
  void shouldPrintOneDocument() throws NotReached {
    // given
    FakeSystem system = showing(FAILED, new Reply.Started("etl/7:2", "uuid-2", 3, false));

    // when
    RestartVerb verb = new RestartVerb();
    new Acting(system.converse(), request(verb, "etl/7"), screen.output(true)).run();

    // then
    assertThat(screen.out())
        .startsWith("{\n  \"type\" : \"STARTED\",\n  \"run\" : \"etl/7:2\"")
        .endsWith("}\n");
  }

  @ParameterizedTest
  @CsvSource({"etl/7", "etl/8"})
  void shouldPassARefusalOn(String target) throws NotReached {
    // given
    Answer refused = new Reply.Refused("NOT_ENDED", "Expected it to have ended.", List.of());
    FakeSystem system =
        target.equals("etl/7") ? showing(RUNNING, refused) : showing(refused, ENDED);

    // when
    int status = act(system, new RestartVerb(), target);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.err()).isEqualTo("Expected it to have ended.\n");
  }

  /** A system that answers the first question with {@code run}, and then so. */
  private static FakeSystem showing(Answer run, Answer then) {
    return new FakeSystem(sent -> List.of(sent.number() == 1 ? run : then));
  }

  private int act(FakeSystem system, ActionVerb verb, String... args) throws NotReached {
    return new Acting(system.converse(), request(verb, args), screen.output(false)).run();
  }

  private static ActionRequest request(ActionVerb verb, String... args) {
    CommandLine line = new CommandLine(verb).setCaseInsensitiveEnumValuesAllowed(true);
    line.setErr(new PrintWriter(new StringWriter())).parseArgs(args);
    verb.check();
    return verb.request();
  }
}
