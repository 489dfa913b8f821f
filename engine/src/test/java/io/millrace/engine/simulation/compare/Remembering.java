package io.millrace.engine.simulation.compare;

import io.millrace.engine.Change;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines with a bug: what they know of loops is in a field, and never stored. */
final class Remembering implements Machines {
  private final Map<String, Document> remembered = new HashMap<>();
  private final Machines machines;

  Remembering(Machines machines) {
    this.machines = machines;
  }

  @Override
  public Machine at(MachineAddress address) {
    return (view, command) -> decide(address, view, command);
  }

  private Decision decide(MachineAddress address, View view, Command command) {
    View more =
        new View() {
          @Override
          public Optional<Envelope> envelope() {
            return view.envelope();
          }

          @Override
          public Optional<Document> document(String key) {
            return Optional.ofNullable(remembered.get(address + " " + key))
                .or(() -> view.document(key));
          }
        };
    Decision decision = machines.at(address).decide(more, command);
    return decision instanceof Decision.Accepted accepted
        ? new Decision.Accepted(rest(address, accepted.changes()), accepted.effects())
        : decision;
  }

  private List<Change> rest(MachineAddress address, List<Change> changes) {
    List<Change> rest = new ArrayList<>(changes);
    rest.removeIf(
        change -> {
          boolean isOfLoop = change instanceof Change.Put put && put.key().startsWith("loop:");
          if (isOfLoop) {
            Change.Put put = (Change.Put) change;
            remembered.put(address + " " + put.key(), put.document());
          }
          return isOfLoop;
        });
    return rest;
  }
}
