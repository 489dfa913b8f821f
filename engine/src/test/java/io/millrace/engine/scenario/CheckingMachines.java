package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Decision;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import java.util.function.Supplier;

/**
 * Decides everything twice, the second time with machines that were never used before, and
 * compares: a machine that keeps something between turns, or looks at anything but its view and the
 * command, is found out.
 */
final class CheckingMachines implements Machines {
  private final Supplier<Machines> fresh;
  private final Machines kept;

  CheckingMachines(Supplier<Machines> fresh) {
    this.fresh = fresh;
    this.kept = fresh.get();
  }

  @Override
  public Machine at(MachineAddress address) {
    return (view, command) -> {
      Decision decision = kept.at(address).decide(view, command);
      Decision again = fresh.get().at(address).decide(view, command);
      assertThat(again).as("%s decides %s again", address, command).isEqualTo(decision);
      return decision;
    };
  }
}
