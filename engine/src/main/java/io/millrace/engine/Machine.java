package io.millrace.engine;

/**
 * Something that has a life: a pure function of what it remembers and one command.
 *
 * <p>Deterministic: the same view and command give the same decision, so a decision lost in a crash
 * is taken again, not differently. It reads nothing but its view. What it throws is a bug; the host
 * drops all of the decision and fences the instance off ({@link Quarantine}).
 */
public interface Machine {
  /** Decides; nothing outside has changed when this returns. */
  Decision decide(View view, Command command);
}
