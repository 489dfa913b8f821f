package io.millrace.operators.state;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record for a topic, ready to be written: the sink adds nothing but the topic's prefix.
 *
 * @param queue with {@link Destination#TASKS}: the queue, in lower case; else empty
 * @param key the record's key: the workflow id; of a reply the correlation id, of a dead letter the
 *     address it was for
 * @param partition where the asker listens; null: by key
 * @param value JSON; not copied, nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // carried from here to the producer, never compared
public record Outbox(
    Destination destination, String queue, String key, @Nullable Integer partition, byte[] value) {

  /** The topics that machines write to. */
  public enum Destination {
    TASKS,
    CANCELS,
    REPLIES,
    DEAD_LETTERS,
    TIMELINE
  }

  /** A record partitioned by its key. */
  public static Outbox keyed(Destination destination, String key, byte[] value) {
    return new Outbox(destination, "", key, null, value);
  }

  public static Outbox task(String queue, String key, byte[] value) {
    return new Outbox(Destination.TASKS, queue.toLowerCase(Locale.ROOT), key, null, value);
  }

  public static Outbox reply(int partition, String key, byte[] value) {
    return new Outbox(Destination.REPLIES, "", key, partition, value);
  }
}
