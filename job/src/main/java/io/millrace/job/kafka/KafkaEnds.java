package io.millrace.job.kafka;

import io.millrace.job.decode.CommandDecoder;
import io.millrace.job.options.JobSettings;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Makes the sources and sinks of the job, with the settings on which its promises rest. */
@SuppressWarnings("deprecation") // the connector asks for Kafka's deprecated OffsetResetStrategy
public final class KafkaEnds {
  private final JobSettings settings;
  private final int replyPartitions;

  public KafkaEnds(JobSettings settings, int replyPartitions) {
    this.settings = settings;
    this.replyPartitions = replyPartitions;
  }

  /**
   * Never ends. Offsets are in the checkpoint; those committed to the group only show how far the
   * job is, and where one begins that is not restored.
   */
  public KafkaSource<Either<Delivery, Outbox>> source(String topic, CommandDecoder decoder) {
    return KafkaSource.<Either<Delivery, Outbox>>builder()
        .setProperties(settings.kafka())
        .setProperty("isolation.level", "read_committed")
        // A record larger than this comes alone; a fetch of many does not fill a small heap.
        .setProperty("max.partition.fetch.bytes", Integer.toString(1 << 20))
        .setProperty("fetch.max.bytes", Integer.toString(4 << 20))
        .setProperty("source.reader.element.queue.capacity", "1")
        .setClientIdPrefix(settings.groupId() + "-" + topic)
        .setGroupId(settings.groupId())
        .setTopics(topic)
        .setStartingOffsets(startingOffsets())
        .setDeserializer(new InputRecords(decoder))
        .build();
  }

  private OffsetsInitializer startingOffsets() {
    return switch (settings.startingOffsets()) {
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      default -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    };
  }

  /** At once and at least once: what waits in the producer is flushed before each checkpoint. */
  public KafkaSink<Outbox> outbox() {
    Properties properties = producer();
    properties.setProperty("linger.ms", Long.toString(settings.linger().toMillis()));
    return KafkaSink.<Outbox>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(records())
        .build();
  }

  /** With the checkpoint and exactly once, for read_committed readers. */
  public KafkaSink<Outbox> timeline() {
    Properties properties = producer();
    // Nobody sees an event before the checkpoint, so it may as well wait for company.
    properties.setProperty("linger.ms", "100");
    properties.setProperty("batch.size", Integer.toString(128 << 10));
    properties.setProperty(
        "transaction.timeout.ms", Long.toString(settings.transactionTimeout().toMillis()));
    return KafkaSink.<Outbox>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setTransactionalIdPrefix(settings.transactionalIdPrefix())
        .setRecordSerializer(records())
        .build();
  }

  private Properties producer() {
    Properties properties = settings.kafka();
    properties.setProperty("acks", "all");
    properties.setProperty("enable.idempotence", "true");
    properties.setProperty(
        "max.request.size", Integer.toString(settings.maxOutputBytes() + TopicPlan.OVERHEAD_BYTES));
    return properties;
  }

  private OutboxRecords records() {
    return new OutboxRecords(settings.topicPrefix(), replyPartitions, settings.maxOutputBytes());
  }
}
