package io.millrace.engine;

import java.util.List;

/** What a machine decided. */
public sealed interface Decision {

  /** The effects to perform; of a rejection too, which may answer and count but changes nothing. */
  List<Effect> effects();

  /** State changes, then effects. */
  record Accepted(List<Change> changes, List<Effect> effects) implements Decision {
    public Accepted {
      changes = List.copyOf(changes);
      effects = List.copyOf(effects);
    }
  }

  /**
   * The command does not fit the state: nothing is stored.
   *
   * @param code stable, e.g. {@code UNKNOWN_WORKFLOW}
   * @param detail "Expected ..., but ..."
   * @param effects the answer to the asker, if there is one
   */
  record Rejected(String code, String detail, List<Effect> effects) implements Decision {
    public Rejected {
      effects = List.copyOf(effects);
    }
  }
}
