package io.millrace.job.kafka;

/** Kafka is not as the job needs it; the message is for the operator. */
public final class KafkaNotReady extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaNotReady(String message) {
    super(message);
  }

  KafkaNotReady(String message, Throwable cause) {
    super(message, cause);
  }
}
