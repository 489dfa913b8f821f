package io.millrace.operators.machine;

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
