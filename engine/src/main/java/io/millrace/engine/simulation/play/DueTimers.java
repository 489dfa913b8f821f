package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.VirtualCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The order of timers at one instant: those that let something go on before those that end what
 * takes too long (decisions, simulate).
 *
 * <p>Within one machine the machine itself sees to it. Of several, those that have anything to go
 * on with fire first, and of these the deeper ones, so that what ends in time below a run is known
 * before the run's own time-out.
 */
final class DueTimers {
  private static final String TIMEOUT = "timeout";

  private DueTimers() {}

  /** Fires the timers that come next at this instant; false if none are due. */
  static boolean fire(VirtualCluster cluster) {
    List<MachineAddress> due = cluster.due();
    List<MachineAddress> first = new ArrayList<>();
    for (MachineAddress machine : due) {
      if (goesOn(cluster, machine)) {
        first.add(machine);
      }
    }
    List<MachineAddress> next = new ArrayList<>(first.isEmpty() ? due : first);
    next.sort(Comparator.comparingInt(DueTimers::depth).reversed());
    cluster.fire(next);
    return !next.isEmpty();
  }

  private static boolean goesOn(VirtualCluster cluster, MachineAddress machine) {
    Map<String, Long> timers =
        cluster
            .envelope(machine)
            .map(Envelope::timers)
            .map(Document.Timers::at)
            .orElse(Document.Timers.NONE.at());
    return timers.isEmpty()
        || timers.entrySet().stream()
            .anyMatch(timer -> timer.getValue() <= cluster.now() && !isTimeout(timer.getKey()));
  }

  /** {@code run-timeout}, or {@code TIMEOUT:step@1}. */
  private static boolean isTimeout(String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    return kind.toLowerCase(Locale.ROOT).contains(TIMEOUT);
  }

  private static int depth(MachineAddress machine) {
    return machine.kind() == MachineAddress.Kind.WORKFLOW
        ? 0
        : InstanceAddress.parse(machine.key())
            .map(instance -> instance.segments().size())
            .orElse(0);
  }
}
