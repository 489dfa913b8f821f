package io.millrace.protocol;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import io.millrace.param.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads params from JSON: {@code {"type","value","mode","tags"}}, or plain JSON whose type is told
 * by its look. Whole numbers are LONG, others DOUBLE; an empty array is a STRING_ARRAY; an object
 * whose values are all text is a STRING_MAP, another one a MAP. An object with a {@code value} and
 * no fields but those four is the first form.
 */
final class PlainParams {
  /** Digits before or after the point; the exponent of 1e999999999 alone would fill the memory. */
  static final int MAX_DIGITS = 1_000;

  private static final Set<String> DEFINITION_FIELDS = Set.of("type", "value", "mode", "tags");

  private final DeserializationContext context;

  PlainParams(DeserializationContext context) {
    this.context = context;
  }

  ParamValue value(JsonNode node) throws JsonMappingException {
    return definition(node).literal();
  }

  ParamDefinition definition(JsonNode node) throws JsonMappingException {
    if (!isDefinition(node)) {
      return ParamDefinition.literal(plain(node));
    }
    JsonNode value = node.path("value");
    ParamValue literal =
        node.has("type")
            ? typed(choice(ParamType.class, node.path("type"), "type"), value)
            : plain(value);
    ParamMode mode =
        node.has("mode") ? choice(ParamMode.class, node.path("mode"), "mode") : ParamMode.MUTABLE;
    List<Tag> tags =
        node.has("tags") ? texts(node.path("tags")).stream().map(Tag::named).toList() : List.of();
    return new ParamDefinition(
        literal.type(), new ParamContent.Literal(literal), mode, null, tags, Notes.NONE);
  }

  private static boolean isDefinition(JsonNode node) {
    if (!node.isObject() || !node.has("value")) {
      return false;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!DEFINITION_FIELDS.contains(field.getKey())) {
        return false;
      }
    }
    return true;
  }

  private ParamValue plain(JsonNode node) throws JsonMappingException {
    if (node.isTextual()) {
      return typed(ParamType.STRING, node);
    } else if (node.isBoolean()) {
      return typed(ParamType.BOOLEAN, node);
    } else if (node.isNumber()) {
      return typed(node.isIntegralNumber() ? ParamType.LONG : ParamType.DOUBLE, node);
    } else if (node.isObject()) {
      return typed(
          all(node, JsonNode::isTextual) && !node.isEmpty() ? ParamType.STRING_MAP : ParamType.MAP,
          node);
    } else if (node.isArray()) {
      return typed(arrayType(node), node);
    }
    throw mismatch("a param's value", node);
  }

  private static ParamType arrayType(JsonNode node) {
    if (all(node, JsonNode::isTextual)) {
      return ParamType.STRING_ARRAY;
    } else if (all(node, JsonNode::isIntegralNumber)) {
      return ParamType.LONG_ARRAY;
    } else if (all(node, JsonNode::isBoolean)) {
      return ParamType.BOOLEAN_ARRAY;
    }
    return ParamType.DOUBLE_ARRAY;
  }

  private static boolean all(JsonNode node, Predicate<JsonNode> check) {
    for (JsonNode element : node) {
      if (!check.test(element)) {
        return false;
      }
    }
    return true;
  }

  private ParamValue typed(ParamType type, JsonNode node) throws JsonMappingException {
    return switch (type) {
      case STRING -> new ParamValue.Text(text(node));
      case LONG -> new ParamValue.Int(integer(node));
      case DOUBLE -> new ParamValue.Decimal(decimal(node));
      case BOOLEAN -> new ParamValue.Bool(bool(node));
      case STRING_MAP -> new ParamValue.StringMap(fields(node, this::text));
      case STRING_ARRAY -> new ParamValue.StringArray(texts(node));
      case LONG_ARRAY -> new ParamValue.LongArray(elements(node, this::integer));
      case DOUBLE_ARRAY -> new ParamValue.DoubleArray(elements(node, this::decimal));
      case BOOLEAN_ARRAY -> new ParamValue.BooleanArray(elements(node, this::bool));
      case MAP -> new ParamValue.MapOfParams(fields(node, this::definition));
    };
  }

  private String text(JsonNode node) throws JsonMappingException {
    if (!node.isTextual() || !WholeText.is(node.textValue())) {
      throw mismatch("text of whole characters", node);
    }
    return node.textValue();
  }

  private long integer(JsonNode node) throws JsonMappingException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw mismatch("a whole number of 64 bits", node);
    }
    return node.longValue();
  }

  private BigDecimal decimal(JsonNode node) throws JsonMappingException {
    if (!node.isNumber()) {
      throw mismatch("a number", node);
    }
    BigDecimal value = node.decimalValue();
    if (Math.abs((long) value.scale()) > MAX_DIGITS || value.precision() > MAX_DIGITS) {
      throw mismatch("a number of at most " + MAX_DIGITS + " digits", node);
    }
    return value;
  }

  private boolean bool(JsonNode node) throws JsonMappingException {
    if (!node.isBoolean()) {
      throw mismatch("true or false", node);
    }
    return node.booleanValue();
  }

  private List<String> texts(JsonNode node) throws JsonMappingException {
    return elements(node, this::text);
  }

  private <T> List<T> elements(JsonNode node, Element<T> element) throws JsonMappingException {
    if (!node.isArray()) {
      throw mismatch("an array", node);
    }
    List<T> elements = new ArrayList<>(node.size());
    for (JsonNode child : node) {
      elements.add(element.read(child));
    }
    return elements;
  }

  private <T> Map<String, T> fields(JsonNode node, Element<T> element) throws JsonMappingException {
    if (!node.isObject()) {
      throw mismatch("an object", node);
    }
    Map<String, T> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.put(field.getKey(), element.read(field.getValue()));
    }
    return fields;
  }

  private <E extends Enum<E>> E choice(Class<E> type, JsonNode node, String what)
      throws JsonMappingException {
    String name = text(node).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw mismatch("a param's " + what, node);
  }

  private JsonMappingException mismatch(String wanted, JsonNode node) {
    String found = node.isMissingNode() ? "nothing" : node.toString();
    return new Mismatch(
        context.getParser(),
        wanted,
        found.length() > 100 ? found.substring(0, 100) + "..." : found);
  }

  private interface Element<T> {
    T read(JsonNode node) throws JsonMappingException;
  }
}
