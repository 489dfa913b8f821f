package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.operators.state.Delivery;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MachineFunctionTest {
  private static final MachineAddress WORKFLOW = MachineAddress.workflow("etl");
  private static final MachineAddress FIRST = instance(1);
  private static final MachineAddress SECOND = instance(2);

  /** Timers of one instant are spread over less than this, in milliseconds. */
  private static final long SPREAD = 16;

  private static final ReplyTo ASKER = new ReplyTo(3, "asker");

  @ParameterizedTest
  @EnumSource
  void shouldCarryEveryKindOfEffectOut(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      // when
      system.tell(WORKFLOW, start("r1", ASKER));
      system.tell(FIRST, report(FIRST));

      // then
      assertThat(system.outbox())
          .satisfiesExactly(
              reply -> assertThat(reply).startsWith("REPLIES Reply[correlationId=asker"),
              task ->
                  assertThat(task).startsWith("TASKS Task[protocol=1, dispatchId=etl/1:1/a@1#0"));
      assertThat(system.timeline())
          .satisfiesExactly(
              accepted ->
                  assertThat(accepted)
                      .startsWith("TIMELINE TimelineEvent[epoch=1, address=etl, sequence=1"),
              ended -> assertThat(ended).contains("sequence=2", "ended 1", "SUCCEEDED"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveNoStateAndNoTimerAfterRetention(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      // given
      system.tell(WORKFLOW, start("r1", null));
      long withoutInstances = system.keys() - 1;
      assertThat(system.timers()).isEqualTo(1);

      // when
      system.advance(TestMachines.TIMEOUT + SPREAD);
      assertThat(system.timers()).isEqualTo(1);
      system.advance(TestMachines.RETENTION + SPREAD);

      // then
      assertThat(system.outbox()).anyMatch(out -> out.startsWith("CANCELS "));
      assertThat(system.timeline()).anyMatch(event -> event.contains("TIMED_OUT"));
      assertThat(system.timers()).isZero();
      assertThat(system.keys()).isEqualTo(withoutInstances);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnAsIfNothingHadHappenedWhenRestartedAfterEveryElement(Backend backend)
      throws Exception {
    try (MachineHarness straight = system(backend);
        MachineHarness broken = system(backend).fragile()) {
      List<Step> story = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        MachineAddress instance = instance(i);
        String request = "r" + i;
        story.add(system -> system.tell(WORKFLOW, start(request, ASKER)));
        story.add(system -> system.advance(400));
        if (i % 2 == 0) {
          story.add(system -> system.tell(instance, report(instance)));
        }
      }
      story.add(system -> system.tell(FIRST, report(FIRST)));
      story.add(system -> system.tell(instance(4), act("bug", ASKER)));
      story.add(system -> system.advance(TestMachines.RETENTION + SPREAD));
      story.add(system -> system.advance(TestMachines.RETENTION + SPREAD));

      // when
      for (Step step : story) {
        step.happens(straight);
        step.happens(broken);
        broken.restart();
      }

      // then
      assertThat(broken.outbox()).isEqualTo(straight.outbox());
      assertThat(withoutEpochs(broken)).isEqualTo(withoutEpochs(straight));
      assertThat(broken.keys()).isEqualTo(straight.keys());
      assertThat(broken.timers()).isEqualTo(straight.timers());
    }
  }

  private static List<String> withoutEpochs(MachineHarness system) {
    return system.timeline().stream().map(e -> e.replaceFirst("epoch=\\d+", "")).toList();
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeginANewEpochWhenAnotherJobTakesTheStateOver(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      system.tell(WORKFLOW, start("r1", null));
      system.restart();
      system.tell(WORKFLOW, start("r2", null));

      assertThat(system.timeline())
          .satisfiesExactly(
              first -> assertThat(first).contains("epoch=1, address=etl, sequence=1"),
              second -> assertThat(second).contains("epoch=2, address=etl, sequence=2"));
    }
  }

  /** One thing that happens to a system. */
  private interface Step {
    void happens(MachineHarness system) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void shouldFenceOffAnInstanceWhoseStepBehaviourIsBroken(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      assertFencedOff(system, () -> system.tell(FIRST, act("bug", ASKER)), "broken step behaviour");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFenceOffAnInstanceThatRecursesForEver(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      assertFencedOff(system, () -> system.tell(FIRST, act("deep", ASKER)), "stack overflowed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFenceOffAnInstanceWhoseDocumentCannotBeRead(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      assertFencedOff(
          system,
          () -> {
            system.spoil(FIRST, TestMachines.NOTES);
            system.restart();
            system.tell(FIRST, act("fine", ASKER));
          },
          "this release knows no type 'no'");
    }
  }

  private static void assertFencedOff(MachineHarness system, Happening bug, String finding)
      throws Exception {
    // given
    system.tell(WORKFLOW, start("r1", null));
    system.tell(WORKFLOW, start("r2", null));
    system.outbox().clear();

    // when
    bug.happens();

    // then: asker, workers and workflow are told, and the letter says why
    assertThat(system.outbox())
        .anyMatch(out -> out.startsWith("DEAD_LETTERS ") && out.contains(finding))
        .anyMatch(out -> out.startsWith("CANCELS ") && out.contains("etl/1:1/a@1#0"))
        .anyMatch(out -> out.startsWith("REPLIES ") && out.contains("ENGINE_ERROR"));
    assertThat(system.timeline())
        .anyMatch(event -> event.contains("ended 1") && event.contains("FAILED"));

    // then: it stays fenced off, and neighbours do not notice
    system.outbox().clear();
    system.tell(FIRST, act("fine", ASKER));
    assertThat(system.outbox()).singleElement().asString().contains("fenced off");
    system.tell(FIRST, act("fine", null));
    assertThat(system.outbox())
        .last()
        .asString()
        .startsWith("DEAD_LETTERS ")
        .contains("fenced off");
    system.tell(SECOND, report(SECOND));
    assertThat(system.timeline())
        .anyMatch(event -> event.contains("ended 2") && event.contains("SUCCEEDED"));

    // then: in the end nothing is left of both
    long withInstances = system.keys();
    system.advance(EngineLimits.DEFAULT.instanceRetention().toMillis() + SPREAD);
    assertThat(system.keys()).isLessThan(withInstances).isEqualTo(1);
    assertThat(system.timers()).isZero();
  }

  /** What goes wrong. */
  private interface Happening {
    void happens() throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseTheOneCommandThatAWorkflowFailsAt(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      // given
      system.tell(WORKFLOW, start("r1", null));
      system.outbox().clear();

      // when
      system.tell(WORKFLOW, new Message.TellWorkflow(ASKER));
      system.tell(WORKFLOW, start("r2", null));

      // then: notes are not "half", so the second start is instance 2
      assertThat(system.outbox())
          .satisfiesExactly(
              letter -> assertThat(letter).startsWith("DEAD_LETTERS ").contains("broken workflow"),
              reply -> assertThat(reply).startsWith("REPLIES ").contains("ENGINE_ERROR"),
              task -> assertThat(task).contains("etl/2"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteADeadLetterWhereNobodyWouldHearTheRefusal(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      system.tell(FIRST, act("fine", null));
      system.tell(FIRST, act("fine", ASKER));
      system.tell(FIRST, report(FIRST));
      system.tell(FIRST, new Message.Due());

      assertThat(system.outbox())
          .satisfiesExactly(
              letter ->
                  assertThat(letter)
                      .startsWith("DEAD_LETTERS DeadLetter[code=GONE")
                      .contains("topic=in, partition=0, offset=1"),
              reply -> assertThat(reply).startsWith("REPLIES "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteADeadLetterOfWhatItCannotUnderstand(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      system.take(Delivery.ofBytes("w:etl", null, new byte[] {1, 2, 'n', 'o', 1}));
      system.take(Delivery.toKey("nowhere", new Message.Due()));
      system.settle();

      assertThat(system.outbox())
          .satisfiesExactly(
              letter -> assertThat(letter).contains("UNREADABLE_MESSAGE", "AQJubwE="),
              letter -> assertThat(letter).contains("UNKNOWN_ADDRESS", "'nowhere'"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveAHintToWhoeverWaitsForRoomWhenTheLoopIsShallow(Backend backend) throws Exception {
    LoopOptions narrow = LoopOptions.defaults().withRoomBound(1);
    try (MachineHarness system =
        new MachineHarness(backend, MachineFunctionTest::function, narrow)) {
      // given: many timers are due at once, so the loop is deep for a while
      system.tell(WORKFLOW, start("r1", null));
      assertThat(system.timeline()).noneMatch(event -> event.contains("room"));

      // when
      system.fire(TestMachines.TIMEOUT + SPREAD);
      system.take(Delivery.to(MachineAddress.workflow("late"), start("r2", null)));
      system.settle();

      // then
      assertThat(system.timeline())
          .filteredOn(event -> event.contains("room"))
          .singleElement()
          .asString()
          .contains("late");
    }
  }

  // ---- words

  private static MachineHarness system(Backend backend) throws Exception {
    return new MachineHarness(backend, MachineFunctionTest::function, LoopOptions.defaults());
  }

  private static MachineFunction function() {
    return new MachineFunction(
        new TestMachines.Setup(TestMachines.TIMEOUT),
        protocolRecord -> protocolRecord.toString().getBytes(StandardCharsets.UTF_8),
        AdmissionOptions.DEFAULT);
  }

  private static MachineAddress instance(long number) {
    return MachineAddress.instance(InstanceAddress.of("etl", number));
  }

  private static Message start(String requestId, @Nullable ReplyTo replyTo) {
    return new Message.Start(requestId, null, Map.of(), null, false, replyTo);
  }

  private static Message act(String reason, @Nullable ReplyTo replyTo) {
    return new Message.Act(
        new ActionRequest(ActionRequest.Action.SHOW, "etl/1", null, reason, null, null), replyTo);
  }

  private static Message report(MachineAddress instance) {
    return new Message.Reported(
        new Report(
            1,
            TestMachines.dispatchId(instance),
            Report.Kind.SUCCEEDED,
            null,
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            null));
  }
}
