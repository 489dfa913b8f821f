package io.millrace.job.decode;

import static io.millrace.job.decode.Decoded.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Message;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox.Destination;
import io.millrace.protocol.ReplyTo;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound records and for whom they are; headers, keys and sizes. */
final class CommandDecoderTest {
  private static final String START = "{\"workflow_id\":\"etl\",\"request_id\":\"r1\"}";

  // ---- sound

  @Test
  void shouldSendAPushToTheWorkflowThatItsTextNames() {
    // given
    String text =
        """
        {"properties":{"owner":"o"},
         "workflow":{"id":"etl","name":"n","steps":[{"step":{"id":"a","type":"NoOp"}}]}}""";

    // when
    Delivery delivery = Decoded.by(Decoded.definitions(), Decoded.heard(text)).delivery();

    // then
    assertThat(delivery.target()).isEqualTo("w:etl");
    assertThat(delivery.message()).isEqualTo(new Message.Push(text, Decoded.ASKER));
    assertThat(delivery.origin()).isEqualTo(new Delivery.Origin("millrace.x", 2, 42));
  }

  @Test
  void shouldSendAStartToItsWorkflow() {
    // when
    String value =
        "{\"workflow_id\":\"etl\",\"request_id\":\"r1\",\"version\":\"latest\",\"user\":\"u\",\"follow\":true}";
    Delivery delivery = Decoded.by(Decoded.starts(), Decoded.heard(value)).delivery();

    // then
    assertThat(delivery.target()).isEqualTo("w:etl");
    assertThat(delivery.message())
        .isEqualTo(new Message.Start("r1", "latest", Map.of(), "u", true, Decoded.ASKER));
  }

  @Test
  void shouldNameAStartAfterItsPlaceIfItHasNoRequestId() {
    // when
    Incoming record = Decoded.unheard("{\"workflow_id\":\"etl\"}");
    Delivery once = Decoded.by(Decoded.starts(), record).delivery();
    Delivery again = Decoded.by(Decoded.starts(), record).delivery();

    // then
    assertThat(once.message()).isEqualTo(again.message());
    assertThat(((Message.Start) once.message()).requestId()).isEqualTo("millrace.x:2:42");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, etl/7, i:etl/7",
    "stop, etl/7:1, i:etl/7",
    "SHOW, etl/7, i:etl/7",
    "WATCH, etl/7, i:etl/7",
    "SHOW, etl, w:etl"
  })
  void shouldSendAnActionToItsTarget(String action, String target, String address) {
    // when
    String value = "{\"action\":\"%s\",\"target\":\"%s\"}".formatted(action, target);
    Delivery delivery = Decoded.by(Decoded.actions(), Decoded.heard(value)).delivery();

    // then
    assertThat(delivery.target()).isEqualTo(address);
    assertThat(Message.asker(delivery.message())).isEqualTo(Decoded.ASKER);
  }

  @Test
  void shouldTakeAStopOfWhichNobodyWantsToHear() {
    String value = "{\"action\":\"STOP\",\"target\":\"etl/7\"}";

    assertThat(Decoded.by(Decoded.actions(), Decoded.unheard(value)).delivery().target())
        .isEqualTo("i:etl/7");
  }

  @Test
  void shouldRefuseAQuestionThatNobodyCanBeAnswered() {
    String value = "{\"action\":\"SHOW\",\"target\":\"etl/7\"}";

    assertThat(
            Decoded.by(Decoded.actions(), Decoded.unheard(value)).deadLetter().orElseThrow().code())
        .isEqualTo("BAD_REPLY_HEADERS");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, etl, w:etl",
    "KILL, etl, w:etl",
    "UNBLOCK, etl, w:etl",
    "RESTART, etl/7:2, i:etl/7",
    "SKIP, etl/7/fe/3, i:etl/7",
    "STOP, etl/7/fe/3:2/in/0, i:etl/7"
  })
  void shouldSendAnActionToTheWorkflowOrToTheRootOfItsTarget(
      String action, String target, String address) {
    // when
    String value = "{\"action\":\"%s\",\"target\":\"%s\",\"step\":\"a\"}".formatted(action, target);
    Delivery delivery = Decoded.by(Decoded.actions(), Decoded.unheard(value)).delivery();

    // then
    assertThat(delivery.target()).isEqualTo(address);
    assertThat(((Message.Act) delivery.message()).action().step()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({"etl/7:1/a@2#0f, i:etl/7", "etl/7:1/fe/3:1/a@1#0f, i:etl/7/fe/3"})
  void shouldSendAReportToTheInstanceOfItsTask(String dispatchId, String address) {
    // when
    String value =
        "{\"protocol\":1,\"dispatch_id\":\"%s\",\"kind\":\"SUCCEEDED\"}".formatted(dispatchId);
    Delivery delivery = Decoded.by(Decoded.reports(), Decoded.unheard(value)).delivery();

    // then
    assertThat(delivery.target()).isEqualTo(address);
    assertThat(delivery.message()).isInstanceOf(Message.Reported.class);
  }

  // ---- keys

  @Test
  void shouldTakeARecordWithoutAKeyOrWithTheWorkflowAsItsKey() {
    assertThat(Decoded.by(Decoded.starts(), keyed(null)).delivery().target()).isEqualTo("w:etl");
    assertThat(Decoded.by(Decoded.starts(), keyed("etl")).delivery().target()).isEqualTo("w:etl");
  }

  @Test
  void shouldRefuseAnotherKey() {
    // when
    Decoded decoded = Decoded.by(Decoded.starts(), keyed("other"));

    // then
    assertThat(decoded.deadLetter().orElseThrow().reason())
        .isEqualTo("Expected the record's key to be the workflow id 'etl', but it is 'other'.");
    assertThat(decoded.deadLetter().orElseThrow().code()).isEqualTo("BAD_KEY");
  }

  @Test
  void shouldKeepTheBeginningOfAHugeKey() {
    // when
    Decoded decoded = Decoded.by(Decoded.starts(), keyed("k".repeat(100_000)));

    // then
    byte[] kept = Base64.getDecoder().decode(decoded.deadLetter().orElseThrow().key());
    assertThat(kept).isEqualTo(bytes("k".repeat(1024)));
    assertThat(decoded.deadLetter().orElseThrow().reason().length()).isLessThan(400);
  }

  private static Incoming keyed(String key) {
    return Decoded.record(key, bytes(START), Map.of());
  }

  // ---- sizes

  @Test
  void shouldTakeAValueAtTheLimitAndRefuseOneByteMore() {
    // given
    byte[] atLimit = Arrays.copyOf(bytes(START), Decoded.MAX_INPUT);
    Arrays.fill(atLimit, START.length(), atLimit.length, (byte) ' ');
    byte[] beyond = Arrays.copyOf(atLimit, Decoded.MAX_INPUT + 1);
    beyond[beyond.length - 1] = ' ';

    // then
    assertThat(
            Decoded.by(Decoded.starts(), Decoded.record(null, atLimit, Map.of()))
                .delivery()
                .target())
        .isEqualTo("w:etl");
    assertThat(
            Decoded.by(Decoded.starts(), Decoded.record(null, beyond, Map.of()))
                .deadLetter()
                .orElseThrow()
                .code())
        .isEqualTo("TOO_LARGE");
  }

  @ParameterizedTest
  @CsvSource({"workflow_id, 128", "request_id, 256"})
  void shouldTakeAnIdAtItsLimit(String field, int limit) {
    // when
    String id = "x".repeat(limit);
    String value =
        field.equals("workflow_id")
            ? "{\"workflow_id\":\"" + id + "\"}"
            : "{\"workflow_id\":\"etl\",\"request_id\":\"" + id + "\"}";

    // then
    assertThat(Decoded.by(Decoded.starts(), Decoded.unheard(value)).taken).hasSize(1);
  }

  // ---- reply headers

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, c, 'both reply headers or none, but ''millrace-reply-partition'' is absent'",
        "0, -, 'both reply headers or none, but ''millrace-correlation-id'' is absent'",
        "4, c, '0 to 3, but it is ''4'''",
        "-1, c, '0 to 3, but it is ''-1'''",
        "9999999999999999999, c, '0 to 3'",
        "first, c, '0 to 3, but it is ''first'''",
        "'', c, '0 to 3, but it is '''''",
        "٣, c, '0 to 3'",
        "1, '', 'to have 1 to 128 characters, but it has 0'",
      })
  void shouldRefuseHeadersThatNobodyCanBeAnsweredBy(
      String partition, String correlation, String reason) {
    // when
    Incoming record = Decoded.record(null, bytes(START), Decoded.headers(partition, correlation));
    Decoded decoded = Decoded.by(Decoded.starts(), record);

    // then
    assertThat(decoded.taken).isEmpty();
    assertThat(decoded.reply()).isEmpty();
    assertThat(decoded.deadLetter().orElseThrow().code()).isEqualTo("BAD_REPLY_HEADERS");
    assertThat(decoded.deadLetter().orElseThrow().reason()).contains(reason);
  }

  @Test
  void shouldTakeACorrelationIdAtItsLimitAndRefuseOneCharacterMore() {
    // given
    String atLimit = "c".repeat(ReplyTo.MAX_CORRELATION_CHARS);

    // then
    assertThat(correlated(bytes(atLimit)).taken).hasSize(1);
    assertThat(correlated(bytes(atLimit + "c")).deadLetter().orElseThrow().reason())
        .contains("1 to 128 characters, but it has 129");
    assertThat(correlated(new byte[] {(byte) 0xC3, '('}).deadLetter().orElseThrow().reason())
        .contains("to be UTF-8 text");
  }

  private static Decoded correlated(byte[] correlation) {
    return Decoded.by(
        Decoded.starts(),
        Decoded.record(
            null,
            bytes(START),
            Map.of(ReplyTo.PARTITION_HEADER, bytes("0"), ReplyTo.CORRELATION_HEADER, correlation)));
  }

  @Test
  void shouldAnswerToThePartitionAndWithTheCorrelationIdOfTheAsker() {
    // when
    Decoded decoded = Decoded.by(Decoded.starts(), Decoded.heard("{}"));

    // then
    var reply = decoded.only(Destination.REPLIES).orElseThrow();
    assertThat(reply.partition()).isEqualTo(3);
    assertThat(reply.key()).isEqualTo("c-1");
  }
}
