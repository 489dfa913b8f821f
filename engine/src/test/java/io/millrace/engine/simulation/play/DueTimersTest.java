package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Change;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.View;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The order of timers of several machines at one instant. */
final class DueTimersTest {
  private static final long DUE = 10;

  private final List<String> fired = new ArrayList<>();

  /** A machine with the timers that {@code names} gives it by its address, all due at once. */
  private VirtualCluster cluster(Map<String, String> names) {
    VirtualCluster cluster =
        new VirtualCluster(
            () ->
                address -> (view, command) -> decide(view, command, names.get(address.toString())),
            new SimulationSettings(
                EngineLimits.DEFAULT, 0, MessageOrder.FIRST_SENT_FIRST, false, false),
            (address, command, decision) -> {
              if (command.message() instanceof Message.Due) {
                fired.add(address.toString());
              }
            });
    for (String machine : new TreeMap<>(names).keySet()) {
      cluster.send(MachineAddress.parse(machine).orElseThrow(), new Message.Nudge());
    }
    cluster.deliver();
    return cluster;
  }

  private static Decision decide(View view, Command command, String name) {
    long previous = view.envelope().map(Envelope::wakeAt).orElse(Envelope.NEVER);
    boolean due = command.message() instanceof Message.Due;
    long next = due ? Envelope.NEVER : DUE;
    TreeMap<String, Long> timers = new TreeMap<>();
    if (!due) {
      timers.put(name, DUE);
    }
    Envelope envelope =
        new Envelope(
            MachineAddress.Kind.INSTANCE,
            "w",
            0,
            command.at(),
            next,
            1,
            "",
            false,
            List.of(),
            null,
            null,
            new Document.Timers(timers));
    return new Decision.Accepted(
        List.of(new Change.PutEnvelope(envelope)), List.of(new Effect.WakeAt(previous, next)));
  }

  private void fireAll(VirtualCluster cluster) {
    cluster.moveTo(DUE);
    while (DueTimers.fire(cluster)) {
      fired.add("then");
    }
  }

  @Test
  void shouldLetWhatGoesOnBeforeWhatTakesTooLong() {
    // when
    fireAll(
        cluster(
            Map.of(
                "i:w/1", "run-timeout",
                "i:w/1/fe/0", "WAKE:timeout@1",
                "i:w/2", "TIMEOUT:a@1",
                "i:w/3", "RETRY:a@1")));

    // then
    assertThat(fired).containsExactly("i:w/1/fe/0", "i:w/3", "then", "i:w/1", "i:w/2", "then");
  }

  @Test
  void shouldFireDeeperMachinesFirst() {
    // when
    fireAll(
        cluster(
            Map.of(
                "i:w/1", "WAKE:a@1",
                "i:w/1/fe/0", "WAKE:a@1",
                "i:w/1/fe/0/in/3", "WAKE:a@1",
                "w:w", "forget-requests")));

    // then
    assertThat(fired).containsExactly("i:w/1/fe/0/in/3", "i:w/1/fe/0", "i:w/1", "w:w", "then");
  }

  @Test
  void shouldFireNothingBeforeItIsDue() {
    // given
    VirtualCluster cluster = cluster(Map.of("i:w/1", "WAKE:a@1"));

    // when
    cluster.moveTo(DUE - 1);

    // then
    assertThat(DueTimers.fire(cluster)).isFalse();
    assertThat(fired).isEmpty();
    assertThat(cluster.nextTimer()).contains(DUE);
  }
}
