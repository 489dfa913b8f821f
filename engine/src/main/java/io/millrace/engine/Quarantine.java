package io.millrace.engine;

/**
 * Fences an instance off after a bug: its open steps become INTERNALLY_FAILED, its run FAILED with
 * reason {@value #REASON}, its workflow is told, its tasks are cancelled; neighbours do not notice.
 *
 * <p>Works from the envelope alone where the documents cannot be read. Only instances are fenced
 * off: of a workflow the one command is refused.
 */
public final class Quarantine {
  /** Why a quarantined run failed. */
  public static final String REASON = "ENGINE_ERROR";

  private Quarantine() {}

  /**
   * The decision that replaces the one that threw.
   *
   * @param view the state as it was before
   * @param command what could not be decided
   * @param bug what was thrown
   */
  public static Decision fence(
      MachineAddress address,
      View view,
      Command command,
      RuntimeException bug,
      EngineLimits limits) {
    return new Turn(address, view, command)
        .rejected(Message.asker(command.message()), REASON, bug + " " + limits);
  }
}
