package io.millrace.operators.machine;

import io.millrace.engine.Effect;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.Reply;
import io.millrace.protocol.TimelineEvent;
import java.util.List;

/**
 * Carries effects out, in order, one way for each kind.
 *
 * <p>A crash before the next checkpoint undoes what went into the loop and onto the timeline
 * together with the state. Tasks, cancels and replies may be out already and are said again: at
 * least once.
 */
final class EffectRouter {
  private final ProtocolBytes json;
  private final MachineMetrics metrics;
  private final long epoch;

  EffectRouter(ProtocolBytes json, MachineMetrics metrics, long epoch) {
    this.json = json;
    this.metrics = metrics;
    this.epoch = epoch;
  }

  void carryOut(List<Effect> effects, Exits exits) {
    Cases cases = new Cases(exits);
    for (Effect effect : effects) {
      effect.accept(cases);
    }
  }

  /** What a visit gives back that has nothing to say. */
  private enum Done {
    DONE
  }

  private final class Cases implements Effect.Cases<Done> {
    private final Exits exits;

    Cases(Exits exits) {
      this.exits = exits;
    }

    @Override
    public Done send(Effect.Send effect) {
      exits.toLoop(Delivery.to(effect.to(), effect.message()));
      return Done.DONE;
    }

    @Override
    public Done dispatch(Effect.Dispatch effect) {
      exits.toOutbox(
          Outbox.task(
              effect.task().queue(), effect.task().workflowId(), json.write(effect.task())));
      return Done.DONE;
    }

    @Override
    public Done cancelTask(Effect.CancelTask effect) {
      exits.toOutbox(
          Outbox.keyed(Destination.CANCELS, effect.workflowId(), json.write(effect.cancel())));
      return Done.DONE;
    }

    @Override
    public Done wakeAt(Effect.WakeAt effect) {
      exits.moveTimer(effect.previous(), effect.at());
      return Done.DONE;
    }

    @Override
    public Done publish(Effect.Publish effect) {
      exits.toTimeline(
          Outbox.keyed(
              Destination.TIMELINE,
              effect.workflowId(),
              json.write(
                  new TimelineEvent(
                      epoch, effect.address(), effect.sequence(), effect.at(), effect.event()))));
      return Done.DONE;
    }

    @Override
    public Done reply(Effect.Answer effect) {
      exits.toOutbox(
          Outbox.reply(
              effect.to().partition(),
              effect.to().correlationId(),
              json.write(new Reply(effect.to().correlationId(), effect.answer()))));
      return Done.DONE;
    }

    @Override
    public Done awaitRoom(Effect.AwaitRoom effect) {
      exits.awaitRoom();
      return Done.DONE;
    }

    @Override
    public Done note(Effect.Note effect) {
      metrics.noted(effect.kind());
      return Done.DONE;
    }
  }
}
