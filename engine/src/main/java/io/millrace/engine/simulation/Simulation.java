package io.millrace.engine.simulation;

import io.millrace.engine.Bugs;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hosts all machines in memory, on virtual time. All messages are delivered in one global FIFO
 * before time moves (decisions, simulate). The same calls give the same effects.
 */
public final class Simulation {
  /** The epoch of its timeline: it is never restored. */
  public static final long EPOCH = 0;

  private record Delivery(MachineAddress to, Message message) {}

  private final Machines machines;
  private final Bugs bugs;
  private final World world;
  private final Map<MachineAddress, MachineState> states = new LinkedHashMap<>();
  private final TreeMap<Long, Set<MachineAddress>> timers = new TreeMap<>();
  private final Queue<Delivery> inbox = new ArrayDeque<>();
  private final Set<MachineAddress> awaitingRoom = new LinkedHashSet<>();
  private boolean room = true;
  private long now;

  /**
   * An empty system.
   *
   * @param start where the clock stands, epoch millis
   */
  public Simulation(Machines machines, EngineLimits limits, World world, long start) {
    this.machines = machines;
    this.bugs = new Bugs(limits);
    this.world = world;
    this.now = start;
  }

  /** The virtual clock, epoch millis. */
  public long now() {
    return now;
  }

  /** What a machine remembers. */
  public MachineState state(MachineAddress machine) {
    return states.getOrDefault(machine, new MachineState());
  }

  /** The machines that remember something, in the order in which they came into being. */
  public List<MachineAddress> machines() {
    return states.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** When the next timer is due, epoch millis. */
  public OptionalLong nextTimer() {
    return timers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(timers.firstKey());
  }

  /** Puts a message at the end of the queue; it is delivered by {@link #settle}. */
  public void tell(MachineAddress machine, Message message) {
    inbox.add(new Delivery(machine, message));
  }

  /** Delivers all messages there are, and all that follow from them, at the present time. */
  public void settle() {
    for (Delivery next = inbox.poll(); next != null; next = inbox.poll()) {
      deliver(next);
    }
  }

  /** Lets time pass until {@code when}; each timer in between fires at its time. */
  public void passUntil(long when) {
    settle();
    while (!timers.isEmpty() && timers.firstKey() <= when) {
      long due = timers.firstKey();
      MachineAddress machine = timers.firstEntry().getValue().iterator().next();
      now = Math.max(now, due);
      moveTimer(machine, due, Envelope.NEVER);
      tell(machine, new Message.Due());
      settle();
    }
    now = Math.max(now, when);
  }

  /** Whether the loop is shallow; when it becomes so, who waited is told. */
  public void room(boolean shallow) {
    room = shallow;
    if (shallow) {
      List<MachineAddress> waiting = new ArrayList<>(awaitingRoom);
      awaitingRoom.clear();
      waiting.forEach(machine -> tell(machine, new Message.Room()));
      settle();
    }
  }

  private void deliver(Delivery delivery) {
    MachineState state = states.computeIfAbsent(delivery.to(), machine -> new MachineState());
    Command command = new Command(delivery.message(), now, room);
    Decision decision;
    try {
      decision = machines.at(delivery.to()).decide(state, command);
    } catch (RuntimeException | StackOverflowError thrown) {
      decision = bugs.decide(delivery.to(), state, command, Bugs.asException(thrown));
    }
    if (decision instanceof Decision.Accepted accepted) {
      state.store(accepted.changes());
    } else if (decision instanceof Decision.Rejected rejected) {
      world.refused(delivery.to(), delivery.message(), rejected);
    }
    Performer performer = new Performer(delivery.to());
    decision.effects().forEach(effect -> effect.accept(performer));
  }

  private void moveTimer(MachineAddress machine, long previous, long at) {
    Set<MachineAddress> there = timers.get(previous);
    if (there != null && there.remove(machine) && there.isEmpty()) {
      timers.remove(previous);
    }
    if (at != Envelope.NEVER) {
      timers.computeIfAbsent(at, when -> new LinkedHashSet<>()).add(machine);
    }
  }

  private final class Performer implements Effect.Cases<Boolean> {
    private final MachineAddress machine;

    private Performer(MachineAddress machine) {
      this.machine = machine;
    }

    @Override
    public Boolean send(Effect.Send effect) {
      tell(effect.to(), effect.message());
      return true;
    }

    @Override
    public Boolean dispatch(Effect.Dispatch effect) {
      world.task(effect.task());
      return true;
    }

    @Override
    public Boolean cancelTask(Effect.CancelTask effect) {
      world.cancelled(effect.cancel());
      return true;
    }

    @Override
    public Boolean wakeAt(Effect.WakeAt effect) {
      moveTimer(machine, effect.previous(), effect.at());
      return true;
    }

    @Override
    public Boolean publish(Effect.Publish effect) {
      world.happened(
          new TimelineEvent(
              EPOCH, effect.address(), effect.sequence(), effect.at(), effect.event()));
      return true;
    }

    @Override
    public Boolean reply(Effect.Answer effect) {
      world.answered(effect.to(), effect.answer());
      return true;
    }

    @Override
    public Boolean awaitRoom(Effect.AwaitRoom effect) {
      awaitingRoom.add(machine);
      return true;
    }

    @Override
    public Boolean note(Effect.Note effect) {
      world.noted(effect.kind());
      return true;
    }
  }
}
