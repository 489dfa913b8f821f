package io.millrace.job.decode;

import io.millrace.operators.state.Outbox;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;

/** Makes answers to askers whom no machine has heard. */
final class Replies {
  private Replies() {}

  static Outbox to(ReplyTo asker, Reply.Answer answer) {
    return Outbox.reply(
        asker.partition(),
        asker.correlationId(),
        ProtocolJson.write(new Reply(asker.correlationId(), answer)));
  }
}
