package io.millrace.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.ProtocolJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each record goes, and that none can fail the producer. */
final class OutboxRecordsTest {
  private static final int MAX_BYTES = 1_000_000;

  private final OutboxRecords records = new OutboxRecords("p", 4, MAX_BYTES);

  private ProducerRecord<byte[], byte[]> written(Outbox out) {
    return records.serialize(out, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELS, p.cancels",
    "DEAD_LETTERS, p.dead-letters",
    "TIMELINE, p.timeline",
  })
  void shouldWriteByKey(Destination destination, String topic) {
    // when
    var written = written(Outbox.keyed(destination, "etl", new byte[] {1}));

    // then
    assertThat(written.topic()).isEqualTo(topic);
    assertThat(written.partition()).isNull();
    assertThat(written.key()).isEqualTo("etl".getBytes(StandardCharsets.UTF_8));
    assertThat(written.value()).containsExactly(1);
  }

  @Test
  void shouldWriteATaskToTheTopicOfItsQueue() {
    assertThat(written(Outbox.task("Extract", "etl", new byte[0])).topic())
        .isEqualTo("p.tasks.extract");
  }

  @Test
  void shouldWriteAReplyToThePartitionThatIsRead() {
    assertThat(written(Outbox.reply(3, "c", new byte[0])).topic()).isEqualTo("p.replies");
    assertThat(written(Outbox.reply(3, "c", new byte[0])).partition()).isEqualTo(3);
  }

  @Test
  void shouldMakeADeadLetterOfAReplyThatNoPartitionCanTake() {
    // when
    var written = written(Outbox.reply(4, "c", new byte[] {7}));

    // then
    DeadLetter letter = letter(written);
    assertThat(letter.code()).isEqualTo("BAD_REPLY_PARTITION");
    assertThat(letter.reason())
        .isEqualTo("Expected a partition of the replies topic, 0 to 3, but it is 4.");
    assertThat(letter.topic()).isEqualTo("p.replies");
    assertThat(Base64.getDecoder().decode(letter.value())).containsExactly(7);
  }

  @Test
  void shouldWriteAValueAtTheLimitAndKeepThePrefixOfOneThatIsLarger() {
    // when
    var atLimit = written(Outbox.task("q", "etl", new byte[MAX_BYTES]));
    var beyond = written(Outbox.task("q", "etl", new byte[MAX_BYTES + 1]));

    // then
    assertThat(atLimit.topic()).isEqualTo("p.tasks.q");
    DeadLetter letter = letter(beyond);
    assertThat(letter.code()).isEqualTo("TOO_LARGE");
    assertThat(letter.topic()).isEqualTo("p.tasks.q");
    assertThat(letter.length()).isEqualTo(MAX_BYTES + 1);
    assertThat(Base64.getDecoder().decode(letter.value())).hasSize(DeadLetter.MAX_BYTES);
    assertThat(beyond.value().length).isLessThan(MAX_BYTES);
  }

  private static DeadLetter letter(ProducerRecord<byte[], byte[]> written) {
    assertThat(written.topic()).isEqualTo("p.dead-letters");
    return ProtocolJson.read(written.value(), DeadLetter.class).value().orElseThrow();
  }
}
