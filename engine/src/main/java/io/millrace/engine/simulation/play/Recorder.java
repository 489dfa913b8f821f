package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.Outcome;
import io.millrace.engine.simulation.TurnListener;
import io.millrace.protocol.Reply;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the turns and keeps what the result needs: the timeline by run, the order in which
 * starts were accepted, and the answers to those who asked. Tasks go on to the workers.
 */
final class Recorder implements TurnListener {
  private final Workers workers;
  private final long printed;
  private final Map<String, List<TimelineEvent>> events = new HashMap<>();
  private final Map<String, TimelineEvent> accepted = new HashMap<>();
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Reply.Answer> answers = new HashMap<>();

  /**
   * Keeps the timeline of the first iterations only.
   *
   * @param printed iterations of a step
   */
  Recorder(Workers workers, long printed) {
    this.workers = workers;
    this.printed = printed;
  }

  @Override
  public void decided(MachineAddress address, Command command, Decision decision) {
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Dispatch dispatch) {
        workers.take(dispatch.task(), command.at());
      } else if (effect instanceof Effect.CancelTask cancel) {
        workers.cancel(cancel.cancel().dispatchId());
      } else if (effect instanceof Effect.Publish publish) {
        publish(address, publish);
      } else if (effect instanceof Effect.Answer answer) {
        answers.put(answer.to().correlationId(), answer.answer());
      }
    }
  }

  private void publish(MachineAddress address, Effect.Publish effect) {
    TimelineEvent event =
        new TimelineEvent(
            Outcome.EPOCH, effect.address(), effect.sequence(), effect.at(), effect.event());
    if (effect.event() instanceof TimelineEvent.StartAccepted start) {
      order.putIfAbsent(start.runUuid(), order.size());
      accepted.putIfAbsent(start.runUuid(), event);
      return;
    }
    String run = run(effect.event());
    if (run != null && isPrinted(address)) {
      events.computeIfAbsent(run, key -> new ArrayList<>()).add(event);
    }
  }

  private static @Nullable String run(TimelineEvent.Happening happening) {
    if (happening instanceof TimelineEvent.StepStatusChanged step) {
      return step.run();
    }
    return happening instanceof TimelineEvent.RunStatusChanged run ? run.run() : null;
  }

  private boolean isPrinted(MachineAddress address) {
    List<InstanceAddress.Segment> segments =
        InstanceAddress.parse(address.key()).map(InstanceAddress::segments).orElse(List.of());
    return segments.stream().skip(1).allMatch(iteration -> iteration.number() < printed);
  }

  /** The timeline of a run, without its acceptance. */
  List<TimelineEvent> events(String run) {
    return events.getOrDefault(run, List.of());
  }

  /** The acceptance of the start or restart that made a run. */
  Optional<TimelineEvent> accepted(String runUuid) {
    return Optional.ofNullable(accepted.get(runUuid));
  }

  /** The how manieth start or restart of all made this run. */
  int order(String runUuid) {
    return order.getOrDefault(runUuid, Integer.MAX_VALUE);
  }

  /** What somebody was answered last. */
  Optional<Reply.Answer> answer(String asker) {
    return Optional.ofNullable(answers.get(asker));
  }
}
