package io.millrace.operators.machine;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import java.util.List;

/** Envelopes as machines have them. */
final class Envelopes {
  private Envelopes() {}

  /** Of an instance that runs, with no timer and nobody at work for it. */
  static Envelope ofInstance() {
    return new Envelope(
        MachineAddress.Kind.INSTANCE,
        "etl",
        0,
        0,
        Envelope.NEVER,
        1,
        "uuid",
        false,
        List.of(),
        null,
        null,
        Document.Timers.NONE);
  }
}
