package io.millrace.job.decode;

import io.millrace.job.decode.Refusal.Code;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of one input topic: each becomes a message for a machine, or else is refused
 * with a dead letter, and a reply if somebody listens. Never throws for what a record holds.
 *
 * <p>A definition with problems whose author listens is answered only, as a mistake of its author
 * and not a fault of the system.
 *
 * <p>Keeps nothing: after a crash the same record is decoded to the same again.
 */
public final class CommandDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is checked in the same way on all topics. */
  public record Limits(int maxInputBytes, int replyPartitions) implements Serializable {}

  private final Decoder decoder;
  private final Limits limits;
  private final DecodingClock clock;

  private CommandDecoder(Decoder decoder, Limits limits, DecodingClock clock) {
    this.decoder = decoder;
    this.limits = limits;
    this.clock = clock;
  }

  public static CommandDecoder definitions(Limits limits, DecodingClock clock) {
    return new CommandDecoder(Decoders::definition, limits, clock);
  }

  public static CommandDecoder starts(Limits limits, DecodingClock clock) {
    return new CommandDecoder(Decoders::start, limits, clock);
  }

  public static CommandDecoder actions(Limits limits, DecodingClock clock) {
    return new CommandDecoder(Decoders::action, limits, clock);
  }

  /** Of {@link Report}s. */
  public static CommandDecoder reports(Limits limits, DecodingClock clock) {
    return new CommandDecoder(Decoders::report, limits, clock);
  }

  public static CommandDecoder signals(Limits limits, DecodingClock clock) {
    return new CommandDecoder(
        (record, value, replyTo) -> {
          throw Decoders.noSignals(value);
        },
        limits,
        clock);
  }

  /** Exactly one of a delivery, or the records that refuse it. */
  public void decode(
      Incoming record, Consumer<? super Delivery> taken, Consumer<? super Outbox> refused) {
    ReplyTo replyTo = null;
    try {
      replyTo = ReplyHeaders.read(record, limits.replyPartitions());
      taken.accept(message(record, replyTo));
    } catch (Refused refusal) {
      refuse(record, refusal.refusal(), replyTo).forEach(refused);
    }
  }

  private Delivery message(Incoming record, @Nullable ReplyTo replyTo) throws Refused {
    byte[] value = record.value();
    if (value == null) {
      throw new Refused(Code.TOMBSTONE, "Expected the record to have a value, but it has none.");
    }
    if (value.length > limits.maxInputBytes()) {
      throw new Refused(
          Code.TOO_LARGE,
          "Expected the value to have at most %d bytes, but it has %d."
              .formatted(limits.maxInputBytes(), value.length));
    }
    try {
      return decoder.decode(record, value, replyTo);
    } catch (RuntimeException | StackOverflowError bug) {
      throw new Refused(
          Code.DECODER_ERROR,
          "Expected the decoder to finish, but it failed: " + Quotes.shorten(bug.toString()));
    }
  }

  private List<Outbox> refuse(Incoming record, Refusal refusal, @Nullable ReplyTo replyTo) {
    List<Outbox> records = new ArrayList<>(2);
    if (replyTo == null || refusal.code() != Code.INVALID_DEFINITION) {
      records.add(DeadRecords.of(record, refusal, clock.millis()));
    }
    if (replyTo != null) {
      records.add(
          Replies.to(
              replyTo,
              new Reply.Refused(refusal.code().name(), refusal.message(), refusal.problems())));
    }
    return records;
  }
}
