package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TimelineReaderTest {
  private static final TopicPartition ONLY = new TopicPartition(Topics.DEFAULT.timeline(), 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @Test
  void shouldReadWhatIsCommittedOnceAndGoOnLater() throws NotReached {
    // given
    consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
    consumer.updateEndOffsets(Map.of(ONLY, 4L));
    TimelineHistory history = new TimelineHistory("etl/7");

    try (TimelineReader reader =
        new TimelineReader(consumer, ONLY.topic(), 1, "etl", Duration.ofSeconds(5))) {
      consumer.schedulePollTask(
          () -> {
            put(0, "etl", ProtocolJson.write(event(1, RunStatus.CREATED)));
            put(1, "other", ProtocolJson.write(event(2, RunStatus.FAILED)));
          });
      consumer.schedulePollTask(
          () -> {
            put(2, "etl", "no event".getBytes(StandardCharsets.UTF_8));
            put(3, "etl", ProtocolJson.write(event(2, RunStatus.IN_PROGRESS)));
          });

      // when
      reader.readInto(history);

      // then
      assertThat(history.events()).extracting(TimelineEvent::sequence).containsExactly(1L, 2L);
      assertThat(history.isOver()).isFalse();

      // when
      consumer.updateEndOffsets(Map.of(ONLY, 5L));
      consumer.schedulePollTask(
          () -> put(4, "etl", ProtocolJson.write(event(3, RunStatus.SUCCEEDED))));
      reader.readInto(history);
    }

    // then
    assertThat(history.isOver()).isTrue();
    assertThat(history.events()).hasSize(3);
  }

  private void put(long offset, String key, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(ONLY.topic(), 0, offset, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static TimelineEvent event(long sequence, RunStatus status) {
    return new TimelineEvent(
        1,
        "etl/7",
        sequence,
        sequence,
        new TimelineEvent.RunStatusChanged(
            "etl", "etl/7:1", Views.UUID, "r1", List.of(status), null));
  }
}
