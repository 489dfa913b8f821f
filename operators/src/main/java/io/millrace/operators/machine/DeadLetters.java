package io.millrace.operators.machine;

import io.millrace.engine.Message;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes dead letters of deliveries: the message as it is written down, and where it came in, where
 * the original still is.
 */
final class DeadLetters {
  private final ProtocolBytes json;

  DeadLetters(ProtocolBytes json) {
    this.json = json;
  }

  Outbox of(Delivery delivery, String code, String reason, long at) {
    byte[] value = delivery.bytes();
    byte[] kept =
        value.length > DeadLetter.MAX_BYTES ? Arrays.copyOf(value, DeadLetter.MAX_BYTES) : value;
    Delivery.Origin origin = delivery.origin();
    DeadLetter letter =
        new DeadLetter(
            code,
            reason,
            origin == null ? null : origin.topic(),
            origin == null ? null : origin.partition(),
            origin == null ? null : origin.offset(),
            base64(delivery.target().getBytes(StandardCharsets.UTF_8)),
            base64(kept),
            value.length,
            sha256(value),
            at);
    return Outbox.keyed(Destination.DEAD_LETTERS, delivery.target(), json.write(letter));
  }

  /**
   * Whether a refusal would be known to nobody: a user's command whose asker is not listening. What
   * machines, workers and timers say again or too late is refused as a matter of course.
   */
  static boolean isDue(Message refused) {
    return refused.accept(UNHEARD);
  }

  private static final Message.Cases<Boolean> UNHEARD =
      new Message.Cases<>() {
        @Override
        public Boolean push(Message.Push message) {
          return message.replyTo() == null;
        }

        @Override
        public Boolean start(Message.Start message) {
          return message.replyTo() == null;
        }

        @Override
        public Boolean tellWorkflow(Message.TellWorkflow message) {
          return message.replyTo() == null;
        }

        @Override
        public Boolean actOnQueued(Message.ActOnQueued message) {
          return message.replyTo() == null;
        }

        @Override
        public Boolean runEnded(Message.RunEnded message) {
          return false;
        }

        @Override
        public Boolean launch(Message.Launch message) {
          return true;
        }

        @Override
        public Boolean act(Message.Act message) {
          return message.replyTo() == null;
        }

        @Override
        public Boolean reported(Message.Reported message) {
          return false;
        }

        @Override
        public Boolean due(Message.Due message) {
          return false;
        }

        @Override
        public Boolean nudge(Message.Nudge message) {
          return false;
        }

        @Override
        public Boolean room(Message.Room message) {
          return false;
        }
      };

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected every Java to know SHA-256.", impossible);
    }
  }
}
