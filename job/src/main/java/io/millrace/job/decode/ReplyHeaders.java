package io.millrace.job.decode;

import io.millrace.protocol.ReplyTo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the asker listens. Both headers or none; a partition that the replies topic does not
 * have is refused, as it would fail the producer and with it the job.
 */
final class ReplyHeaders {
  private static final int MAX_PARTITION_DIGITS = 6;

  private ReplyHeaders() {}

  /** The asker, or null if nobody waits for an answer. */
  static @Nullable ReplyTo read(Incoming record, int replyPartitions) throws Refused {
    Optional<byte[]> partition = record.header(ReplyTo.PARTITION_HEADER);
    Optional<byte[]> correlation = record.header(ReplyTo.CORRELATION_HEADER);
    if (partition.isEmpty() && correlation.isEmpty()) {
      return null;
    }
    if (partition.isEmpty() || correlation.isEmpty()) {
      String absent = partition.isEmpty() ? ReplyTo.PARTITION_HEADER : ReplyTo.CORRELATION_HEADER;
      throw refused("Expected both reply headers or none, but '" + absent + "' is absent.");
    }
    return new ReplyTo(
        partition(partition.get(), replyPartitions), correlationId(correlation.get()));
  }

  private static int partition(byte[] header, int replyPartitions) throws Refused {
    String text = new String(header, StandardCharsets.ISO_8859_1);
    int partition = -1;
    if (!text.isEmpty()
        && text.length() <= MAX_PARTITION_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      partition = Integer.parseInt(text);
    }
    if (partition < 0 || partition >= replyPartitions) {
      throw refused(
          "Expected header '%s' to be a partition of the replies topic, 0 to %d, but it is '%s'."
              .formatted(ReplyTo.PARTITION_HEADER, replyPartitions - 1, Quotes.shorten(text)));
    }
    return partition;
  }

  private static String correlationId(byte[] header) throws Refused {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw refused(
          "Expected header '%s' to be UTF-8 text, but it is not."
              .formatted(ReplyTo.CORRELATION_HEADER));
    }
    if (text.isEmpty() || text.length() > ReplyTo.MAX_CORRELATION_CHARS) {
      throw refused(
          "Expected header '%s' to have 1 to %d characters, but it has %d."
              .formatted(ReplyTo.CORRELATION_HEADER, ReplyTo.MAX_CORRELATION_CHARS, text.length()));
    }
    return text;
  }

  private static Refused refused(String message) {
    return new Refused(Refusal.Code.BAD_REPLY_HEADERS, message);
  }
}
