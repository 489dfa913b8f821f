package io.millrace.job.kafka;

import io.millrace.job.decode.CommandDecoder;
import io.millrace.job.decode.Incoming;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Delivery.Origin;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StateTypes;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Decodes within the source: left is a message, right what refuses it. */
final class InputRecords implements KafkaRecordDeserializationSchema<Either<Delivery, Outbox>> {
  private static final long serialVersionUID = 1L;

  private final CommandDecoder decoder;

  InputRecords(CommandDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Either<Delivery, Outbox>> out) {
    decoder.decode(
        new Incoming(
            new Origin(record.topic(), record.partition(), record.offset()),
            record.key(),
            record.value(),
            headers(record)),
        delivery -> out.collect(Either.Left(delivery)),
        refused -> out.collect(Either.Right(refused)));
  }

  private static Map<String, byte[]> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    return headers;
  }

  @Override
  public TypeInformation<Either<Delivery, Outbox>> getProducedType() {
    return new EitherTypeInfo<>(StateTypes.DELIVERY, StateTypes.OUTBOX);
  }
}
