package io.millrace.job.decode;

import static io.millrace.job.decode.Decoded.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything a stranger may write onto an input topic, and the reason that comes back. */
final class MalformedRecordsTest {
  private static final String DEFINITION =
      """
      {"properties":{"owner":"o"},"is_active":true,"workflow":{"id":"etl","name":"n","steps":[
        {"step":{"id":"a","type":"NoOp"}}]}}""";
  private static final String START = "{\"workflow_id\":\"etl\"}";
  private static final String ACTION = "{\"action\":\"STOP\",\"target\":\"etl/7\"}";
  private static final String REPORT =
      "{\"protocol\":1,\"dispatch_id\":\"etl/7:1/a@1#0123\",\"kind\":\"STARTED\"}";

  /** A record, the decoder of its topic, and what is to be said of it. */
  private record Case(
      String name, CommandDecoder decoder, Incoming record, String code, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** One topic: its decoder, a sound value, and a required field of that with a text value. */
  private record Topic(String name, CommandDecoder decoder, String sound, String field) {

    Case of(String kind, byte[] value, String code, String reason) {
      return new Case(
          name + ": " + kind,
          decoder,
          Decoded.record(null, value, Decoded.headers("3", "c-1")),
          code,
          reason);
    }

    Case of(String kind, String value, String code, String reason) {
      return of(kind, bytes(value), code, reason);
    }

    /** With a field where none may be added; the envelope of a definition may have more. */
    String spoiled(String member) {
      return name.equals("definitions")
          ? sound.replace("\"name\":\"n\"", "\"name\":\"n\"," + member)
          : with(member);
    }

    String with(String member) {
      return sound.replaceFirst("\\{", "{" + member.replace("\\", "\\\\") + ",");
    }
  }

  private static final List<Topic> TOPICS =
      List.of(
          new Topic("definitions", Decoded.definitions(), DEFINITION, "workflow"),
          new Topic("triggers", Decoded.starts(), START, "workflow_id"),
          new Topic("actions", Decoded.actions(), ACTION, "target"),
          new Topic("reports", Decoded.reports(), REPORT, "dispatch_id"));

  static Stream<Case> ofEveryTopic() {
    List<Case> cases = new ArrayList<>();
    for (Topic topic : TOPICS) {
      boolean definition = topic.name().equals("definitions");
      String wrong = definition ? "INVALID_DEFINITION" : "MALFORMED";
      String big = "x".repeat(10 << 20);
      cases.add(topic.of("empty", "", "MALFORMED", "Expected"));
      cases.add(topic.of("blank", "  \n ", "MALFORMED", "Expected"));
      // A definition may be YAML, in which this is a text, as "etl" is one in JSON.
      cases.add(topic.of("text", "start it, please", wrong, "Expected"));
      cases.add(
          topic.of(
              "cut", topic.sound().substring(0, topic.sound().length() / 2), "MALFORMED", "but"));
      cases.add(topic.of("array", "[" + topic.sound() + "]", wrong, "Expected"));
      cases.add(topic.of("number", "42", wrong, "Expected"));
      cases.add(topic.of("string", "\"etl\"", wrong, "Expected"));
      cases.add(topic.of("null", "null", wrong, "Expected"));
      cases.add(topic.of("no fields", "{}", wrong, "Expected"));
      cases.add(topic.of("unknown field", topic.spoiled("\"no_such\":1"), wrong, "no_such"));
      cases.add(topic.of("doubled field", topic.with("\"b\":1,\"b\":2"), wrong, "Expected"));
      cases.add(
          topic.of(
              "wrong type",
              topic
                  .sound()
                  .replaceFirst(
                      "\"" + topic.field() + "\":(\"[^\"]*\"|\\{)",
                      "\"" + topic.field() + "\":[1],\"x\":" + (definition ? "{" : "1")),
              wrong,
              topic.field()));
      cases.add(
          topic.of(
              "null field",
              definition
                  ? "{\"workflow\":null}"
                  : topic
                      .sound()
                      .replaceFirst(
                          "\"" + topic.field() + "\":\"[^\"]*\"", "\"" + topic.field() + "\":null"),
              wrong,
              topic.field()));
      cases.add(topic.of("trailing text", topic.sound() + " {}", "MALFORMED", "Expected"));
      cases.add(topic.of("trailing garbage", topic.sound() + " %", "MALFORMED", "Expected"));
      cases.add(topic.of("10 MiB", big, "TOO_LARGE", "at most 1048576 bytes, but it has 10485760"));
      cases.add(
          topic.of(
              "10 MiB in a field", topic.with("\"f\":\"" + big + "\""), "TOO_LARGE", "at most"));
      cases.add(
          topic.of(
              "deep",
              topic.with("\"d\":" + "[".repeat(9_999) + "]".repeat(9_999)),
              definition ? null : "MALFORMED",
              "Expected"));
      cases.add(
          topic.of(
              "deep at once", "[".repeat(500_000), definition ? null : "MALFORMED", "Expected"));
      cases.add(topic.of("bad UTF-8", badUtf8(topic), "MALFORMED", "Expected"));
      cases.add(
          topic.of(
              "UTF-16", topic.sound().getBytes(StandardCharsets.UTF_16), "MALFORMED", "Expected"));
      cases.add(topic.of("not a number", topic.with("\"n\":NaN"), "MALFORMED", "Expected"));
      cases.add(topic.of("huge exponent", topic.spoiled("\"n\":1e999999999"), wrong, "Expected"));
      cases.add(topic.of("zero byte", "\0" + topic.sound(), "MALFORMED", "Expected"));
      cases.add(topic.of("binary", binary(), "MALFORMED", "Expected"));
      cases.add(topic.of("comment", "/* c */" + topic.sound(), wrong, "Expected"));
      cases.add(
          topic.of("single quotes", topic.sound().replace('"', '\''), "MALFORMED", "Expected"));
      cases.add(
          topic.of("tombstone", (byte[]) null, "TOMBSTONE", "to have a value, but it has none"));
    }
    return cases.stream();
  }

  private static byte[] badUtf8(Topic topic) {
    byte[] value = bytes(topic.with("\"t\":\"~(\""));
    for (int i = 0; i < value.length; i++) {
      value[i] = value[i] == '~' ? (byte) 0xC3 : value[i];
    }
    return value;
  }

  private static byte[] binary() {
    byte[] value = new byte[512];
    new Random(7).nextBytes(value);
    return value;
  }

  static Stream<Case> ofOneTopic() {
    Topic definitions = TOPICS.get(0);
    Topic starts = TOPICS.get(1);
    Topic actions = TOPICS.get(2);
    Topic reports = TOPICS.get(3);
    Topic signals = new Topic("signals", Decoded.signals(), "{}", "name");
    return Stream.of(
        definitions.of(
            "id with separators",
            DEFINITION.replace("\"etl\"", "\"a/b:c@d\""),
            "INVALID_DEFINITION",
            "id"),
        definitions.of(
            "unknown successor",
            DEFINITION.replace(
                "\"type\":\"NoOp\"",
                "\"type\":\"NoOp\",\"transition\":{\"successors\":{\"b\":\"true\"}}"),
            "INVALID_DEFINITION",
            "b"),
        definitions.of(
            "repeated step",
            DEFINITION.replace(
                "\"steps\":[", "\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}},"),
            "INVALID_DEFINITION",
            "a"),
        definitions.of("YAML without jobs", "workflow: {id: etl}", "INVALID_DEFINITION", "'jobs'"),
        definitions.of("YAML with a tab", "workflow:\n\tid: etl", "MALFORMED", "YAML"),
        starts.of(
            "empty id", "{\"workflow_id\":\"\"}", "BAD_VALUE", "workflow_id to have 1 to 128"),
        starts.of(
            "long id",
            "{\"workflow_id\":\"" + "x".repeat(129) + "\"}",
            "BAD_VALUE",
            "1 to 128 characters, but it has 129"),
        starts.of(
            "long request id",
            "{\"workflow_id\":\"etl\",\"request_id\":\"" + "x".repeat(257) + "\"}",
            "BAD_VALUE",
            "request_id to have 1 to 256 characters, but it has 257"),
        starts.of(
            "blank request id",
            "{\"workflow_id\":\"etl\",\"request_id\":\" \"}",
            "BAD_VALUE",
            "request_id"),
        starts.of("version as number", starts.with("\"version\":3"), "MALFORMED", "version"),
        starts.of("params as list", starts.with("\"run_params\":[]"), "MALFORMED", "run_params"),
        actions.of("unknown action", ACTION.replace("STOP", "EXPLODE"), "MALFORMED", "action"),
        actions.of(
            "restart of a workflow",
            "{\"action\":\"RESTART\",\"target\":\"etl\"}",
            "BAD_TARGET",
            "target of RESTART to be a run such as workflow/7, but it is 'etl'"),
        actions.of(
            "target without number",
            ACTION.replace("etl/7", "etl/seven"),
            "BAD_TARGET",
            "'etl/seven'"),
        actions.of("target with zero", ACTION.replace("etl/7", "etl/07"), "BAD_TARGET", "'etl/07'"),
        actions.of("empty target", ACTION.replace("etl/7", ""), "BAD_VALUE", "target"),
        actions.of(
            "huge target", ACTION.replace("etl/7", "x".repeat(9_000) + "/7"), "BAD_TARGET", "x..."),
        actions.of("lease as text", actions.with("\"lease_ms\":\"1\""), "MALFORMED", "lease_ms"),
        reports.of("no hash", REPORT.replace("#0123", ""), "BAD_DISPATCH_ID", "'etl/7:1/a@1'"),
        reports.of("no attempt", REPORT.replace("@1", ""), "BAD_DISPATCH_ID", "'etl/7:1/a#0123'"),
        reports.of("not an id", REPORT.replace("etl/7:1/a@1#0123", "x"), "BAD_DISPATCH_ID", "'x'"),
        reports.of(
            "a later protocol",
            REPORT.replace("\"protocol\":1", "\"protocol\":2"),
            "UNSUPPORTED_PROTOCOL",
            "Expected protocol 1, but the report is in 2."),
        reports.of("unknown kind", REPORT.replace("STARTED", "DONE"), "MALFORMED", "kind"),
        reports.of("unknown failure", reports.with("\"failure\":\"MINE\""), "MALFORMED", "failure"),
        reports.of("progress as text", reports.with("\"progress\":\"1\""), "MALFORMED", "progress"),
        signals.of("any", "{\"name\":\"s\"}", "NOT_SUPPORTED_YET", "no signals in this release"));
  }

  @ParameterizedTest
  @MethodSource({"ofEveryTopic", "ofOneTopic"})
  void shouldBecomeADeadLetterOrARefusalWithTheReason(Case given) {
    // when
    Decoded decoded = Decoded.by(given.decoder(), given.record());

    // then: the asker is told
    assertThat(decoded.taken).isEmpty();
    Reply.Refused reply = decoded.reply().orElseThrow();
    if (given.code() != null) {
      assertThat(reply.code()).as(reply.message()).isEqualTo(given.code());
    }
    assertThat(reply.message()).startsWith("Expected ").contains(given.reason());
    assertThat(reply.message().length()).isLessThan(2_000);

    // then: and unless it was an honest mistake in a definition, so is the operator
    byte[] value = given.record().value() == null ? new byte[0] : given.record().value();
    if (reply.code().equals("INVALID_DEFINITION")) {
      assertThat(decoded.deadLetter()).isEmpty();
    } else {
      DeadLetter letter = decoded.deadLetter().orElseThrow();
      assertThat(letter.code()).isEqualTo(reply.code());
      assertThat(letter.reason()).isEqualTo(reply.message());
      assertThat(letter.topic()).isEqualTo("millrace.x");
      assertThat(letter.partition()).isEqualTo(2);
      assertThat(letter.offset()).isEqualTo(42);
      assertThat(letter.length()).isEqualTo(value.length);
      assertThat(letter.at()).isEqualTo(Decoded.NOW);
      byte[] kept = Base64.getDecoder().decode(letter.value());
      assertThat(kept).hasSize(Math.min(value.length, DeadLetter.MAX_BYTES));
      assertThat(new String(value, StandardCharsets.ISO_8859_1))
          .startsWith(new String(kept, StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @MethodSource({"ofEveryTopic", "ofOneTopic"})
  void shouldAlwaysBecomeADeadLetterIfNobodyListens(Case given) {
    // when
    Incoming silent = Decoded.record(null, given.record().value(), Map.of());
    Decoded decoded = Decoded.by(given.decoder(), silent);

    // then
    assertThat(decoded.taken).isEmpty();
    assertThat(decoded.reply()).isEmpty();
    assertThat(decoded.deadLetter().orElseThrow().reason()).startsWith("Expected ");
  }
}
