package io.millrace.engine.simulation;

import io.millrace.engine.Bugs;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document;
import io.millrace.engine.Effect;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.Unheard;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * All machines of a cluster, in memory and on a virtual clock.
 *
 * <p>Decisions are treated as the operators treat them: changes are stored only when a decision is
 * complete, then its effects are carried out in order; a machine has one timer, whose firing is a
 * message; a bug fences an instance off, of a workflow it refuses the one command.
 *
 * <p>Deterministic: time moves only by {@link #advanceTo}, and no message stays undelivered when it
 * does. The same calls give the same {@link Outcome}.
 */
public final class VirtualCluster {

  private final Supplier<Machines> machines;
  private final SimulationSettings settings;
  private final TurnListener listener;
  private final Map<String, Memory> memories = new HashMap<>();
  private final Timers timers = new Timers();
  private final Mailbox mailbox;
  private final Set<MachineAddress> awaitingRoom = new LinkedHashSet<>();
  private final Outcome outcome;
  private long now;
  private long upSince;
  private boolean room = true;

  /**
   * A cluster that remembers nothing yet.
   *
   * @param machines asked anew for each decision, so it says whether caches outlive one
   */
  public VirtualCluster(
      Supplier<Machines> machines, SimulationSettings settings, TurnListener listener) {
    this.machines = machines;
    this.settings = settings;
    this.listener = listener;
    this.mailbox = new Mailbox(settings.order());
    this.outcome = new Outcome(settings.keepsOutcome());
    this.now = settings.startsAt();
    this.upSince = now;
  }

  // ---- what goes in

  /** Puts a message from outside behind all that are on their way. */
  public void send(MachineAddress to, Message message) {
    mailbox.add(new Mailbox.Letter(null, to, message));
  }

  /** Delivers all messages, and those that follow from them, at the present instant. */
  public void deliver() {
    Optional<Mailbox.Letter> letter = mailbox.take();
    while (letter.isPresent()) {
      new Turn(letter.get().to(), settings.reload().message(letter.get().message())).take();
      letter = mailbox.take();
    }
  }

  /**
   * Delivers all messages and lets the time pass, timer by timer, until {@code instant}.
   *
   * @param instant epoch millis; an earlier one than now delivers only
   */
  public void advanceTo(long instant) {
    deliver();
    Optional<Long> next = timers.next();
    while (next.isPresent() && next.get() <= instant) {
      now = Math.max(now, next.get());
      for (MachineAddress due : timers.take(now)) {
        send(due, new Message.Due());
      }
      deliver();
      next = timers.next();
    }
    now = Math.max(now, instant);
  }

  /**
   * Lets the time pass without firing a timer; who does this fires those that are due with {@link
   * #fire}.
   *
   * @param instant epoch millis; an earlier one than now changes nothing
   */
  public void moveTo(long instant) {
    now = Math.max(now, instant);
  }

  /** The machines whose timers are due now, in the order of their addresses. */
  public List<MachineAddress> due() {
    return timers.due(now);
  }

  /** Fires the due timers of these machines, in this order, and delivers all that follows. */
  public void fire(List<MachineAddress> due) {
    for (MachineAddress machine : due) {
      envelope(machine).ifPresent(envelope -> timers.delete(machine, envelope.wakeAt()));
      send(machine, new Message.Due());
    }
    deliver();
  }

  /** Says whether there is room for new runs; those who asked are told when there is again. */
  public void room(boolean available) {
    room = available;
    if (available) {
      awaitingRoom.forEach(machine -> send(machine, new Message.Room()));
      awaitingRoom.clear();
    }
  }

  /** Loses who waits for room, as a crash does. */
  public void forgetWhoAwaitsRoom() {
    awaitingRoom.clear();
  }

  /** Is down for some time and up again; what was due meanwhile is due when time next passes. */
  public void restartAfter(Duration down) {
    deliver();
    now += down.toMillis();
    upSince = now;
  }

  /** Makes a document unreadable, as a disk or an earlier release could. */
  public void spoil(MachineAddress machine, String key) {
    memory(machine).spoil(key);
  }

  // ---- what can be seen

  /** Epoch millis. */
  public long now() {
    return now;
  }

  /** When the next timer fires, if any is set. */
  public Optional<Long> nextTimer() {
    return timers.next();
  }

  /** When this machine's timers fire: one at the most. */
  public List<Long> timersOf(MachineAddress machine) {
    return timers.of(machine);
  }

  /** What has left the cluster so far; empty if it is not kept. */
  public Outcome outcome() {
    return outcome;
  }

  /** The machines that remember anything, by address. */
  public List<MachineAddress> machines() {
    List<MachineAddress> found = new ArrayList<>();
    new TreeMap<>(memories)
        .forEach(
            (address, memory) -> {
              if (!memory.isEmpty()) {
                MachineAddress.parse(address).ifPresent(found::add);
              }
            });
    return found;
  }

  public Optional<Envelope> envelope(MachineAddress machine) {
    return memory(machine).envelope();
  }

  /** The documents of a machine, by key. */
  public Map<String, Document> documents(MachineAddress machine) {
    return Collections.unmodifiableMap(memory(machine).documents());
  }

  private Memory memory(MachineAddress machine) {
    return memories.computeIfAbsent(machine.toString(), address -> new Memory(settings.reload()));
  }

  // ---- turns

  /** One message, on its way through its machine. */
  private final class Turn {
    private final MachineAddress address;
    private final Message message;
    private final Memory memory;
    private final Command command;
    private boolean lost;

    Turn(MachineAddress address, Message message) {
      this.address = address;
      this.message = message;
      this.memory = memory(address);
      this.command = new Command(message, now, room, upSince);
    }

    void take() {
      Decision decision = decide();
      if (decision instanceof Decision.Accepted accepted) {
        memory.store(accepted.changes());
      } else if (decision instanceof Decision.Rejected rejected && !lost && Unheard.is(message)) {
        lost(rejected.code(), rejected.detail());
      }
      Exits exits = new Exits(address, message instanceof Message.Due);
      decision.effects().forEach(effect -> effect.accept(exits));
      if (memory.isEmpty()) {
        memories.remove(address.toString());
      }
      listener.decided(address, command, decision);
    }

    private Decision decide() {
      try {
        Decision decision = decideOnce();
        if (settings.decidesTwice()) {
          Decision again = decideOnce();
          if (!again.equals(decision)) {
            throw new AssertionError(
                "Expected "
                    + address
                    + " to decide the same twice, but "
                    + message
                    + " gave "
                    + decision
                    + " and then "
                    + again
                    + ".");
          }
        }
        return decision;
      } catch (RuntimeException | StackOverflowError thrown) {
        return contain(Bugs.asException(thrown));
      }
    }

    private void lost(String code, String reason) {
      outcome.add(new LostCommand(address, message, code, reason, now));
    }

    private Decision decideOnce() {
      return machines.get().at(address).decide(view(), command);
    }

    /** A copy only where a decision could otherwise spoil the state for the next one. */
    private View view() {
      return settings.decidesTwice() ? memory.copy() : memory.live();
    }

    /** The decision that replaces the one that was not taken. */
    private Decision contain(RuntimeException bug) {
      lost = true;
      lost(Bugs.CODE, Bugs.reason(address, bug));
      return new Bugs(settings.limits()).decide(address, memory.copy(), command, bug);
    }
  }

  /** What a visit gives back that has nothing to say. */
  private enum Done {
    DONE
  }

  /** Carries the effects of one turn out. */
  private final class Exits implements Effect.Cases<Done> {
    private final MachineAddress address;
    private final boolean timerSpent;

    Exits(MachineAddress address, boolean timerSpent) {
      this.address = address;
      this.timerSpent = timerSpent;
    }

    @Override
    public Done send(Effect.Send effect) {
      mailbox.add(new Mailbox.Letter(address, effect.to(), effect.message()));
      return Done.DONE;
    }

    @Override
    public Done dispatch(Effect.Dispatch effect) {
      outcome.add(effect.task());
      return Done.DONE;
    }

    @Override
    public Done cancelTask(Effect.CancelTask effect) {
      outcome.add(effect.cancel());
      return Done.DONE;
    }

    @Override
    public Done wakeAt(Effect.WakeAt effect) {
      if (effect.previous() != effect.at() || timerSpent) {
        timers.delete(address, effect.previous());
        timers.register(address, effect.at());
      }
      return Done.DONE;
    }

    @Override
    public Done publish(Effect.Publish effect) {
      outcome.add(
          new TimelineEvent(
              Outcome.EPOCH, effect.address(), effect.sequence(), effect.at(), effect.event()));
      return Done.DONE;
    }

    @Override
    public Done reply(Effect.Answer effect) {
      outcome.add(new Reply(effect.to().correlationId(), effect.answer()));
      return Done.DONE;
    }

    @Override
    public Done awaitRoom(Effect.AwaitRoom effect) {
      awaitingRoom.add(address);
      return Done.DONE;
    }

    @Override
    public Done note(Effect.Note effect) {
      outcome.add(effect.kind());
      return Done.DONE;
    }
  }
}
