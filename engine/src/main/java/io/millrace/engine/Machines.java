package io.millrace.engine;

/** Makes the machines of every kind; the one place where they are wired. */
public interface Machines {
  /** The machine at {@code address}. */
  Machine at(MachineAddress address);
}
