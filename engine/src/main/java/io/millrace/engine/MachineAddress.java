package io.millrace.engine;

import io.millrace.address.InstanceAddress;
import java.util.Optional;

/**
 * Where a machine lives: its kind and its key. The text form, {@code w:etl} or {@code i:etl/7}, is
 * the key of the keyed state, so it can never change.
 */
public record MachineAddress(Kind kind, String key) {

  /** The kinds of machines. */
  public enum Kind {
    WORKFLOW('w'),
    INSTANCE('i');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  public static MachineAddress workflow(String workflowId) {
    return new MachineAddress(Kind.WORKFLOW, workflowId);
  }

  public static MachineAddress instance(InstanceAddress instance) {
    return new MachineAddress(Kind.INSTANCE, instance.toString());
  }

  /** Reads the text form; empty if it is none. */
  public static Optional<MachineAddress> parse(String text) {
    if (text.length() > 2 && text.charAt(1) == ':') {
      for (Kind kind : Kind.values()) {
        if (kind.letter == text.charAt(0)) {
          return Optional.of(new MachineAddress(kind, text.substring(2)));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return kind.letter + ":" + key;
  }
}
