package io.millrace.engine.simulation;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.MachineAddress;

/** Told of each decision, after it was stored and before the next message is delivered. */
public interface TurnListener {
  /** Listens to nothing. */
  TurnListener NONE = (address, command, decision) -> {};

  void decided(MachineAddress address, Command command, Decision decision);
}
