package io.millrace.job.decode;

import io.millrace.operators.state.Delivery.Origin;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input topic, as it was read.
 *
 * @param key null: it has none
 * @param value null: a tombstone
 * @param headers the last of each name; the values may be null
 */
@SuppressWarnings("ArrayRecordComponent") // as Kafka gives them, never changed or compared
public record Incoming(
    Origin origin, byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {

  Optional<byte[]> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
