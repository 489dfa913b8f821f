package io.millrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * Where a verb's results go: text for people, or one JSON document. With JSON, what is meant for
 * people goes nowhere, and standard output holds the document alone.
 */
final class Output {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Output(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  boolean json() {
    return json;
  }

  /** Text for people, with its line ends. */
  void text(String text) {
    if (!json) {
      out.print(text);
      out.flush();
    }
  }

  void line(String text) {
    text(text + System.lineSeparator());
  }

  /** A note for people that is no part of the result. */
  void note(String text) {
    err.println(text);
    err.flush();
  }

  /** The one JSON document. */
  void document(JsonNode document) {
    if (json) {
      try {
        // Not as one text first: a simulation's can be larger than all else that is in memory.
        MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, document);
        out.println();
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("Expected a tree to be JSON, but it is not.", e);
      }
    }
  }

  /** A "no" with its reason; returns the exit status. */
  int refused(Reply.Refused refused) {
    document(tree(refused));
    if (!json) {
      note(refused.message());
      out.print(ProblemsText.of("", refused.problems()));
      out.flush();
    }
    return ExitStatus.NO;
  }

  /** Says that the system could not be reached; returns the exit status. */
  int notReached(NotReached failure) {
    ObjectNode document = MAPPER.createObjectNode();
    document
        .putObject("error")
        .put("code", "NOT_REACHED")
        .put("message", String.valueOf(failure.getMessage()));
    document(document);
    note(String.valueOf(failure.getMessage()));
    return ExitStatus.NOT_REACHED;
  }

  static JsonMapper mapper() {
    return MAPPER;
  }

  /** A record of the protocol as the JSON it has on the topics. */
  static ObjectNode tree(Object record) {
    try {
      return (ObjectNode) MAPPER.readTree(ProtocolJson.write(record));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected the protocol's JSON to be readable.", e);
    }
  }
}
