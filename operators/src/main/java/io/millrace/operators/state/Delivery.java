package io.millrace.operators.state;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.UnreadableDocument;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a machine: the record of the job's streams, of the loop and of its log.
 *
 * <p>The message stays bytes until the machine's turn, so that one that cannot be understood is a
 * dead letter and not a crash. Immutable as far as anyone can see.
 */
public final class Delivery {
  private final String target;
  private final @Nullable Origin origin;
  private final byte @Nullable [] bytes;
  private @Nullable Message message;

  /** The record on an input topic that a message was made of, for dead letters. */
  public record Origin(String topic, int partition, long offset) {}

  private Delivery(
      String target, @Nullable Origin origin, byte @Nullable [] bytes, @Nullable Message message) {
    this.target = target;
    this.origin = origin;
    this.bytes = bytes;
    this.message = message;
  }

  /** A message from a machine or its timer. */
  public static Delivery to(MachineAddress target, Message message) {
    return new Delivery(target.toString(), null, null, message);
  }

  /** The same, to an address in its text form. */
  public static Delivery toKey(String target, Message message) {
    return new Delivery(target, null, null, message);
  }

  /** A message from outside. */
  public static Delivery from(Origin origin, MachineAddress target, Message message) {
    return new Delivery(target.toString(), origin, null, message);
  }

  /** As it was read; nothing is understood yet. */
  public static Delivery ofBytes(String target, @Nullable Origin origin, byte[] bytes) {
    return new Delivery(target, origin, bytes, null);
  }

  /** The address of the machine as text: the key of streams and state. */
  public String target() {
    return target;
  }

  /** Where it came in; null for a message between machines. */
  public @Nullable Origin origin() {
    return origin;
  }

  /**
   * What is said.
   *
   * @throws UnreadableDocument if the bytes cannot be understood
   */
  public Message message() {
    Message known = message;
    if (known == null) {
      known = StoredCodec.MESSAGES.decode(bytes());
      message = known;
    }
    return known;
  }

  /** The message as it is written down. */
  public byte[] bytes() {
    if (bytes != null) {
      return bytes;
    }
    if (message == null) {
      throw new IllegalStateException("Expected bytes or a message, but there is neither.");
    }
    return StoredCodec.MESSAGES.encode(message);
  }

  @Override
  public String toString() {
    return "Delivery to " + target;
  }
}
