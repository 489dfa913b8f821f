package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads params as they are typed, and writes them for people.
 *
 * <p>What is a JSON number, boolean, array or object is that; all else is text, quotes included. So
 * {@code 5} is a LONG and {@code 5th} text; the text 5 is {@code {"type":"STRING","value":"5"}}.
 */
final class ParamText {
  private static final int MAX_SHOWN_CHARS = 200;

  private ParamText() {}

  /** Reads a value; fails with a sentence if it is JSON that no param can hold. */
  static Reading<ParamDefinition> parse(String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    if (!isLiteral(text)) {
      json = ProtocolJson.write(new ParamValue.Text(text));
    }
    return ProtocolJson.read(json, ParamDefinition.class);
  }

  private static boolean isLiteral(String text) {
    try {
      JsonNode node = Output.mapper().readTree(text);
      return node != null && (node.isNumber() || node.isBoolean() || node.isContainerNode());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  static String show(ParamValue value) {
    JsonNode node = Output.tree(value).path("value");
    String text = node.isTextual() ? node.textValue() : node.toString();
    return Printable.oneLine(Printable.shorten(text, MAX_SHOWN_CHARS));
  }

  static String show(Map<String, ParamValue> params) {
    return params.entrySet().stream()
        .map(param -> param.getKey() + "=" + show(param.getValue()))
        .collect(Collectors.joining(", "));
  }
}
