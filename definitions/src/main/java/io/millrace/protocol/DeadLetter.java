package io.millrace.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be taken, or a command that was refused, with what is needed to replay
 * it.
 *
 * @param code stable, e.g. {@code MALFORMED}
 * @param reason "Expected ..., but ..."
 * @param topic where it came from; null for a message between machines
 * @param key the original key, base64
 * @param value the original value, base64, at most {@link #MAX_BYTES} of it
 * @param length the original length in bytes
 * @param sha256 of the whole original, in hex
 */
public record DeadLetter(
    String code,
    String reason,
    @Nullable String topic,
    @Nullable Integer partition,
    @Nullable Long offset,
    String key,
    String value,
    long length,
    String sha256,
    long at) {
  /** Bytes of the original that are kept: 256 KiB. */
  public static final int MAX_BYTES = 256 * 1024;
}
