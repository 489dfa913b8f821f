package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.FakeSystem.Sent;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConversationTest {
  private static final Reply.Answer TOLD = new Reply.RunTold(Views.run(RunStatus.SUCCEEDED), true);
  private static final Ask SHOW = Ask.show(Topics.DEFAULT, "etl/7", null);

  @Test
  void shouldSayWhereItListensAndKeyByTheWorkflow() throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(TOLD));

    // when
    Reply.Answer answer = system.converse().ask(SHOW, ShowVerb::tells);

    // then
    assertThat(answer).isEqualTo(TOLD);
    Sent sent = system.sent().get(0);
    assertThat(sent.topic()).isEqualTo("millrace.actions");
    assertThat(sent.record().key()).isEqualTo("etl");
    assertThat(sent.header(ReplyTo.PARTITION_HEADER)).isEqualTo("2");
    assertThat(sent.correlationId()).hasSize(36);
    assertThat(sent.read(ActionRequest.class).target()).isEqualTo("etl/7");
  }

  @Test
  void shouldAskAgainUnderTheSameNameWhenNobodyAnswers() throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> sent.number() < 3 ? List.of() : List.of(TOLD));

    // when
    system.converse().ask(SHOW, ShowVerb::tells);

    // then
    assertThat(system.sent()).hasSize(3);
    assertThat(system.sent()).extracting(Sent::correlationId).containsOnly(first(system));
    assertThat(system.now()).isBetween(10_000L, 11_000L);
  }

  @Test
  void shouldGiveUpWhenPatienceIsOver() {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of());

    // when, then
    assertThatThrownBy(() -> system.converse().ask(SHOW, ShowVerb::tells))
        .isInstanceOf(NotReached.class)
        .hasMessageContaining("within 30.0 s, but there is none");
    assertThat(system.sent()).hasSize(6);
  }

  @Test
  void shouldNeverRepeatWhatIsAskedOnce() {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of());

    // when, then
    assertThatThrownBy(() -> system.converse().askOnce(SHOW, ShowVerb::tells))
        .isInstanceOf(NotReached.class);
    assertThat(system.sent()).hasSize(1);
  }

  @Test
  void shouldPushTheTextAsItIsAndOnlyOnce() {
    // given
    byte[] text = "a: text".getBytes(StandardCharsets.UTF_8);
    FakeSystem system = new FakeSystem(sent -> List.of());

    // when, then
    assertThatThrownBy(() -> PushVerb.push(system.converse(), "etl", text))
        .isInstanceOf(NotReached.class)
        .hasMessageEndingWith("'millrace show etl' tells the latest version.");
    assertThat(system.sent()).hasSize(1);
    assertThat(system.sent().get(0).topic()).isEqualTo("millrace.definitions");
    assertThat(system.sent().get(0).record().value()).isEqualTo(text);
  }

  @Test
  void shouldPassOverAnswersToOthersAndWhatIsNoReply() throws NotReached {
    // given
    FakeSystem[] system = new FakeSystem[1];
    Reply.Answer others = new Reply.Done("STOP");
    system[0] =
        new FakeSystem(
            sent -> {
              system[0].say("somebody-else", others);
              system[0].deliver("no JSON".getBytes(StandardCharsets.UTF_8));
              return List.of(TOLD);
            });

    // when
    Reply.Answer answer = system[0].converse().ask(SHOW, each -> true);

    // then
    assertThat(answer).isEqualTo(TOLD);
  }

  @Test
  void shouldKeepAnAnswerThatComesBeforeItIsWaitedFor() throws NotReached {
    // given
    Reply.Answer started = new Reply.Started("etl/7:1", Views.UUID, 3, false);
    FakeSystem system = new FakeSystem(sent -> List.of(TOLD, started));
    Conversation conversation = system.converse();
    String question = conversation.newQuestion();

    // when
    Reply.Answer first = conversation.ask(question, SHOW, each -> each instanceof Reply.Started);

    // then
    assertThat(first).isEqualTo(started);
    assertThat(conversation.hear(Set.of(question), each -> true, conversation.now()))
        .contains(TOLD);
  }

  private static String first(FakeSystem system) {
    return system.sent().get(0).correlationId();
  }
}
