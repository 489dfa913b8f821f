package io.millrace.engine.simulation;

import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The timers registered with the host; those of one instant fire in the order of their keys. */
final class Timers {
  private final TreeSet<Registered> registered =
      new TreeSet<>(Comparator.comparingLong(Registered::at).thenComparing(Registered::key));

  /** With the machine's text form, so that comparing makes no text. */
  private record Registered(long at, String key, MachineAddress machine) {
    Registered(long at, MachineAddress machine) {
      this(at, machine.toString(), machine);
    }
  }

  void delete(MachineAddress machine, long at) {
    if (at != Envelope.NEVER) {
      registered.remove(new Registered(at, machine));
    }
  }

  void register(MachineAddress machine, long at) {
    if (at != Envelope.NEVER) {
      registered.add(new Registered(at, machine));
    }
  }

  Optional<Long> next() {
    return registered.isEmpty() ? Optional.empty() : Optional.of(registered.first().at());
  }

  /** The machines whose timers are due, which stay where they are. */
  List<MachineAddress> due(long now) {
    List<MachineAddress> due = new ArrayList<>();
    for (Registered timer : registered) {
      if (timer.at() > now) {
        break;
      }
      due.add(timer.machine());
    }
    return due;
  }

  /** Takes the timers out that are due. */
  List<MachineAddress> take(long now) {
    List<MachineAddress> due = new ArrayList<>();
    while (!registered.isEmpty() && registered.first().at() <= now) {
      due.add(registered.pollFirst().machine());
    }
    return due;
  }

  List<Long> of(MachineAddress machine) {
    return registered.stream()
        .filter(timer -> timer.machine().equals(machine))
        .map(Registered::at)
        .toList();
  }
}
