package io.millrace.protocol;

/**
 * Where an asker listens: travels in the record headers {@link #PARTITION_HEADER} and {@link
 * #CORRELATION_HEADER}, so that the value of a definition stays what its author wrote.
 *
 * @param partition of the replies topic, from 0
 * @param correlationId chosen by the asker, at most {@link #MAX_CORRELATION_CHARS} characters;
 *     comes back in each reply
 */
public record ReplyTo(int partition, String correlationId) {
  /** Header: the partition as decimal text. */
  public static final String PARTITION_HEADER = "millrace-reply-partition";

  /** Header: the correlation id as UTF-8 text. */
  public static final String CORRELATION_HEADER = "millrace-correlation-id";

  public static final int MAX_CORRELATION_CHARS = 128;
}
