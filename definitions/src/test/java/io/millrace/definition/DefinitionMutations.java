package io.millrace.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes texts of definitions at random: their bytes, their tokens, or the nodes of their tree.
 */
final class DefinitionMutations {
  private static final int MAX_CHARS = 200_000;
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"?|[\\[\\]{},:]|\\s+|[^\\[\\]{},:\"\\s]+");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "-0",
          "\"\"",
          "\u0000",
          "\uD800",
          "\uFEFF",
          "😀",
          "\r",
          "\n",
          "{}",
          "[]",
          "\"\\uD800\"",
          "\"$x\"",
          "\"${\"",
          "999999999999999999999",
          "9223372036854775807",
          "0.01e-999999999",
          "1e-2147483648",
          "\"P1DT0.001S\"",
          "\"1 day\"",
          "\"true\"",
          "// x",
          "NaN",
          "'a'",
          "\"a__b\"");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "0.5",
          "1e400",
          "86400",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"a\"",
          "\"1\"",
          "\"1 day\"",
          "\"PT1H\"",
          "\"${a}\"",
          "\"$$\"",
          "\"@daily\"",
          "\"UTC\"",
          "\"MAP\"",
          "\"constant\"",
          "\"a b\"",
          "\"1 +\"",
          "\"params.get('a')\"",
          "\"new String[]{'a'}\"",
          "\"0 0 * * *\"",
          "\"0 0 30 2 *\"",
          "\"0 0 0 1 1 ? 2099\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[1, 2.0]",
          "[\"a\", 1]",
          "{\"a\": null}",
          "{\"value\": 1}",
          "{\"type\": \"LONG\", \"value\": 1}",
          "{\"type\": \"MAP\", \"value\": {\"a\": 1}}",
          "{\"type\": \"STRING\", \"expression\": \"1\"}",
          "{\"name\": \"a\"}");
  private static final List<String> NAMES =
      List.of(
          "type",
          "value",
          "expression",
          "mode",
          "tags",
          "validator",
          "internal_mode",
          "id",
          "name",
          "params",
          "steps",
          "step",
          "foreach",
          "while",
          "subworkflow",
          "template",
          "condition",
          "loop_params",
          "subworkflow_id",
          "subworkflow_version",
          "transition",
          "successors",
          "timeout",
          "retry_policy",
          "backoff",
          "jitter",
          "cron",
          "interval",
          "start",
          "operator",
          "owner",
          "alerting",
          "tct",
          "slack",
          "a",
          "",
          "a__b",
          "owner_maestro",
          "workflow_id");

  private final Random random;
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  DefinitionMutations(Random random) {
    this.random = random;
  }

  /** A change of one kind, a few times; {@code other} gives parts to put in. */
  byte[] mutated(byte[] seed, byte[] other) {
    int changes = 1 + random.nextInt(random.nextInt(4) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> bytes(seed, changes);
      case 1, 2 -> utf8(tokens(text(seed), text(other), changes));
      default -> tree(seed, other, changes);
    };
  }

  private byte[] bytes(byte[] seed, int changes) {
    byte[] bytes = seed.clone();
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = (byte) random.nextInt();
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private String tokens(String text, String other, int changes) {
    List<String> tokens = split(text);
    List<String> others = split(other);
    for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(7)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.set(at, one(PIECES));
        case 2 -> tokens.add(at, one(PIECES));
        case 3 -> tokens.set(at, others.isEmpty() ? "" : one(others));
        case 4 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        case 5 -> tokens.set(at, repeated(tokens.get(at)));
        default -> tokens.set(at, withOneCharChanged(tokens.get(at)));
      }
    }
    return String.join("", tokens);
  }

  private String repeated(String token) {
    int times = 1 << random.nextInt(11);
    return token.repeat(Math.max(1, Math.min(times, MAX_CHARS / token.length())));
  }

  private String withOneCharChanged(String token) {
    int at = random.nextInt(token.length());
    return token.substring(0, at) + one(PIECES) + token.substring(at + 1);
  }

  private static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** A text that stays JSON, so that more than its syntax is tried. */
  private byte[] tree(byte[] seed, byte[] other, int changes) {
    try {
      JsonNode root = json.readTree(text(seed));
      List<JsonNode> parts = new ArrayList<>();
      collect(json.readTree(text(other)), parts);
      for (int i = 0; i < changes; i++) {
        List<JsonNode> nodes = new ArrayList<>();
        collect(root, nodes);
        nodes.removeIf(node -> !node.isContainerNode() || node.isEmpty());
        if (!nodes.isEmpty()) {
          change(one(nodes), parts);
        }
      }
      return json.writeValueAsBytes(root);
    } catch (JsonProcessingException | IllegalArgumentException notJson) {
      return bytes(seed, changes);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> into) {
    into.add(node);
    node.forEach(child -> collect(child, into));
  }

  private void change(JsonNode container, List<JsonNode> parts) {
    if (container instanceof ObjectNode object) {
      object(object, parts);
    } else if (container instanceof ArrayNode array) {
      array(array, parts);
    }
  }

  private void object(ObjectNode object, List<JsonNode> parts) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = one(names);
    switch (random.nextInt(7)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(one(NAMES), object.remove(name));
      case 2 -> object.set(one(NAMES), value(parts));
      case 3 -> object.set(name, object.get(one(names)).deepCopy());
      case 4 -> object.set(name, JsonNodeFactory.instance.textNode(changedText(object.get(name))));
      case 5 -> copies(object, name);
      default -> object.set(name, value(parts));
    }
  }

  private void copies(ObjectNode object, String name) {
    JsonNode copied = object.get(name);
    int room = MAX_CHARS / (1 + copied.toString().length());
    for (int left = Math.min(room, 1 << random.nextInt(8)); left > 0; left--) {
      object.set(name + left, copied.deepCopy());
    }
  }

  private void array(ArrayNode array, List<JsonNode> parts) {
    int at = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, value(parts));
      case 2 -> array.insert(random.nextInt(array.size() + 1), array.get(at).deepCopy());
      default -> array.set(at, value(parts));
    }
  }

  private String changedText(JsonNode node) {
    String text = node.isValueNode() ? node.asText() : "";
    return text.isEmpty() ? one(PIECES) : withOneCharChanged(text).replace("\"", "");
  }

  private JsonNode value(List<JsonNode> parts) {
    if (random.nextInt(3) == 0) {
      return one(parts).deepCopy();
    }
    try {
      return json.readTree(one(VALUES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Half a surrogate pair becomes the three bytes that are not UTF-8. */
  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int half = text.indexOf('\uD800');
    if (half < 0) {
      return bytes;
    }
    byte[] before = text.substring(0, half).getBytes(StandardCharsets.UTF_8);
    byte[] after = text.substring(half + 1).getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[before.length + 3 + after.length];
    System.arraycopy(before, 0, whole, 0, before.length);
    System.arraycopy(
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, whole, before.length, 3);
    System.arraycopy(after, 0, whole, before.length + 3, after.length);
    return whole;
  }
}
