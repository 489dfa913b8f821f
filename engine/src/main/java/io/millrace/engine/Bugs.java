package io.millrace.engine;

import io.millrace.protocol.ReplyTo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens when a machine throws instead of deciding: an instance is fenced off, of a workflow
 * the one command is refused and its state stays as it was.
 */
public final class Bugs {
  /** Code of the refusal and the dead letter. */
  public static final String CODE = "ENGINE_ERROR";

  /** When a workflow whose timer could not be handled is woken again: 1 minute. */
  public static final Duration WAKE_AGAIN = Duration.ofMinutes(1);

  private final EngineLimits limits;

  public Bugs(EngineLimits limits) {
    this.limits = limits;
  }

  /** Endless recursion is a bug like any other; other errors are the JVM's. */
  public static RuntimeException asException(Throwable thrown) {
    return thrown instanceof RuntimeException bug
        ? bug
        : new IllegalStateException("Expected to decide, but the stack overflowed.", thrown);
  }

  /** One sentence for whoever must know. */
  public static String reason(MachineAddress address, RuntimeException bug) {
    return "Expected " + address + " to decide this, but the engine failed: " + bug;
  }

  /** Whether a bug there ends the machine's run, or only refuses the command. */
  public static boolean fencesOff(MachineAddress address) {
    return switch (address.kind()) {
      case INSTANCE -> true;
      case WORKFLOW -> false;
    };
  }

  /** The decision that replaces the one that was not taken. */
  public Decision decide(MachineAddress address, View view, Command command, RuntimeException bug) {
    if (fencesOff(address)) {
      try {
        return Quarantine.fence(address, view, command, bug, limits);
      } catch (RuntimeException worse) {
        bug.addSuppressed(worse);
      }
    }
    return refuse(address, view, command, bug);
  }

  private static Decision refuse(
      MachineAddress address, View view, Command command, RuntimeException bug) {
    String reason = reason(address, bug);
    List<Effect> effects = new ArrayList<>();
    ReplyTo asker = Message.asker(command.message());
    if (asker != null) {
      effects.add(new Effect.Answer(asker, Message.refusal(CODE, reason)));
    }
    if (command.message() instanceof Message.Due && view.envelope().isPresent()) {
      // the timer is spent; without another, what it stood for would never be looked at again
      effects.add(new Effect.WakeAt(Envelope.NEVER, command.at() + WAKE_AGAIN.toMillis()));
    }
    return new Decision.Rejected(CODE, reason, effects);
  }
}
