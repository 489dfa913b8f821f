package io.millrace.job.kafka;

import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record its topic. What the producer would refuse, and with it fail the job again and
 * again, becomes a dead letter in its place: a value too large, a reply to a partition that the
 * topic does not have.
 */
final class OutboxRecords
    implements KafkaRecordSerializationSchema<Outbox>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final int replyPartitions;
  private final int maxBytes;
  private transient @Nullable Topics topics;

  OutboxRecords(String prefix, int replyPartitions, int maxBytes) {
    this.prefix = prefix;
    this.replyPartitions = replyPartitions;
    this.maxBytes = maxBytes;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Outbox out, KafkaSinkContext context, @Nullable Long timestamp) {
    Integer partition = out.partition();
    if (out.value().length > maxBytes) {
      return deadLetter(
          out,
          "TOO_LARGE",
          "Expected a record of at most %d bytes, but it has %d."
              .formatted(maxBytes, out.value().length));
    }
    if (partition != null && (partition < 0 || partition >= replyPartitions)) {
      return deadLetter(
          out,
          "BAD_REPLY_PARTITION",
          "Expected a partition of the replies topic, 0 to %d, but it is %d."
              .formatted(replyPartitions - 1, partition));
    }
    return new ProducerRecord<>(topic(out), partition, null, key(out), out.value());
  }

  /**
   * The topics of the timeline's transactions: after a crash the sink looks there for those that
   * nobody will end.
   */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    List<String> written = List.of(topics().timeline(), topics().deadLetters());
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(written)));
  }

  private String topic(Outbox out) {
    Topics names = topics();
    return switch (out.destination()) {
      case TASKS -> names.tasks(out.queue());
      case CANCELS -> names.cancels();
      case REPLIES -> names.replies();
      case DEAD_LETTERS -> names.deadLetters();
      case TIMELINE -> names.timeline();
    };
  }

  private Topics topics() {
    if (topics == null) {
      topics = new Topics(prefix);
    }
    return topics;
  }

  private static byte[] key(Outbox out) {
    return out.key().getBytes(StandardCharsets.UTF_8);
  }

  private ProducerRecord<byte[], byte[]> deadLetter(Outbox out, String code, String reason) {
    byte[] value = out.value();
    byte[] kept =
        value.length > DeadLetter.MAX_BYTES ? Arrays.copyOf(value, DeadLetter.MAX_BYTES) : value;
    DeadLetter letter =
        new DeadLetter(
            code,
            reason,
            out.destination() == Destination.DEAD_LETTERS ? null : topic(out),
            null,
            null,
            base64(key(out)),
            base64(kept),
            value.length,
            sha256(value),
            System.currentTimeMillis());
    return new ProducerRecord<>(
        topics().deadLetters(), null, null, key(out), ProtocolJson.write(letter));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected every Java to know SHA-256.", impossible);
    }
  }
}
