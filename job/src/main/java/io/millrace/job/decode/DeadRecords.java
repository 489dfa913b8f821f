package io.millrace.job.decode;

import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.ProtocolJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records that were never understood: their own bytes and their place. */
final class DeadRecords {
  /** Bytes of the original key that are kept: 1 KiB. */
  static final int MAX_KEY_BYTES = 1024;

  private static final byte[] NOTHING = new byte[0];

  private DeadRecords() {}

  static Outbox of(Incoming record, Refusal refusal, long at) {
    byte[] key = orNothing(record.key());
    byte[] value = orNothing(record.value());
    DeadLetter letter =
        new DeadLetter(
            refusal.code().name(),
            refusal.message(),
            record.origin().topic(),
            record.origin().partition(),
            record.origin().offset(),
            base64(key, MAX_KEY_BYTES),
            base64(value, DeadLetter.MAX_BYTES),
            value.length,
            sha256(value),
            at);
    String of = record.origin().topic() + ":" + record.origin().partition();
    return Outbox.keyed(Destination.DEAD_LETTERS, of, ProtocolJson.write(letter));
  }

  private static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? NOTHING : bytes;
  }

  private static String base64(byte[] bytes, int most) {
    return Base64.getEncoder()
        .encodeToString(bytes.length > most ? Arrays.copyOf(bytes, most) : bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected every Java to know SHA-256.", impossible);
    }
  }
}
