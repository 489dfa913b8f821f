package io.millrace.job.decode;

import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Delivery.Origin;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a decoder made of one record, and the records that tests give to it. */
final class Decoded {
  static final int MAX_INPUT = 1 << 20;
  static final int REPLY_PARTITIONS = 4;
  static final CommandDecoder.Limits LIMITS =
      new CommandDecoder.Limits(MAX_INPUT, REPLY_PARTITIONS);
  static final long NOW = 1_700_000_000_000L;
  static final ReplyTo ASKER = new ReplyTo(3, "c-1");

  final List<Delivery> taken = new ArrayList<>();
  final List<Outbox> refused = new ArrayList<>();

  static Decoded by(CommandDecoder decoder, Incoming record) {
    Decoded decoded = new Decoded();
    decoder.decode(record, decoded.taken::add, decoded.refused::add);
    return decoded;
  }

  static CommandDecoder definitions() {
    return CommandDecoder.definitions(LIMITS, () -> NOW);
  }

  static CommandDecoder starts() {
    return CommandDecoder.starts(LIMITS, () -> NOW);
  }

  static CommandDecoder actions() {
    return CommandDecoder.actions(LIMITS, () -> NOW);
  }

  static CommandDecoder reports() {
    return CommandDecoder.reports(LIMITS, () -> NOW);
  }

  static CommandDecoder signals() {
    return CommandDecoder.signals(LIMITS, () -> NOW);
  }

  // ---- records

  static Incoming record(String key, byte[] value, Map<String, byte[]> headers) {
    return new Incoming(
        new Origin("millrace.x", 2, 42), key == null ? null : bytes(key), value, headers);
  }

  static Incoming heard(String value) {
    return record(null, bytes(value), headers("3", "c-1"));
  }

  static Incoming unheard(String value) {
    return record(null, bytes(value), Map.of());
  }

  static Map<String, byte[]> headers(String partition, String correlation) {
    Map<String, byte[]> headers = new HashMap<>();
    if (partition != null) {
      headers.put(ReplyTo.PARTITION_HEADER, bytes(partition));
    }
    if (correlation != null) {
      headers.put(ReplyTo.CORRELATION_HEADER, bytes(correlation));
    }
    return headers;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // ---- what came of it

  Delivery delivery() {
    if (taken.size() != 1 || !refused.isEmpty()) {
      throw new AssertionError("Expected one delivery, but got " + taken + " and " + reasons());
    }
    return taken.get(0);
  }

  Optional<DeadLetter> deadLetter() {
    return only(Destination.DEAD_LETTERS)
        .map(out -> ProtocolJson.read(out.value(), DeadLetter.class).value().orElseThrow());
  }

  Optional<Reply.Refused> reply() {
    return only(Destination.REPLIES)
        .map(out -> ProtocolJson.read(out.value(), Reply.class).value().orElseThrow())
        .map(reply -> (Reply.Refused) reply.answer());
  }

  Optional<Outbox> only(Destination destination) {
    List<Outbox> found = refused.stream().filter(out -> out.destination() == destination).toList();
    if (found.size() > 1) {
      throw new AssertionError("Expected at most one, but got " + found);
    }
    return found.stream().findFirst();
  }

  private List<String> reasons() {
    return refused.stream().map(out -> new String(out.value(), StandardCharsets.UTF_8)).toList();
  }
}
