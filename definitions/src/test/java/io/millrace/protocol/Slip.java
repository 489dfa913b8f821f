package io.millrace.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A document with one thing changed that an author may get wrong: a field too many, a field left
 * out, a value of another JSON type.
 */
record Slip(String what, JsonNode json) {
  static final String UNKNOWN_FIELD = "no_such_field";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<JsonNode> ONE_OF_EACH_TYPE =
      List.of(
          NODES.nullNode(),
          NODES.booleanNode(true),
          NODES.textNode("text"),
          NODES.numberNode(1),
          NODES.numberNode(new BigDecimal("0.5")),
          NODES.arrayNode(),
          NODES.objectNode());

  /**
   * All that can be done to a document, one at a time.
   *
   * @param closed names of fields whose values are left as they are
   */
  static List<Slip> all(JsonNode document, Predicate<String> closed) {
    List<Slip> slips = new ArrayList<>();
    JsonNode copy = document.deepCopy();
    visit(copy, "$", closed, what -> slips.add(new Slip(what, copy.deepCopy())));
    return slips;
  }

  /** Changes each value in turn, shows the whole, and changes it back. */
  private static void visit(
      JsonNode node, String path, Predicate<String> closed, Consumer<String> slip) {
    if (node instanceof ObjectNode object) {
      object.put(UNKNOWN_FIELD, 1);
      slip.accept("a field too many in " + path);
      object.remove(UNKNOWN_FIELD);
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        String below = path + "." + name;
        object.remove(name);
        slip.accept("without " + below);
        replace(value, below, other -> object.set(name, other), slip);
        if (!closed.test(name)) {
          visit(value, below, closed, slip);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        JsonNode value = array.get(i);
        String below = path + "[" + i + "]";
        replace(value, below, other -> array.set(index, other), slip);
        visit(value, below, closed, slip);
      }
    }
  }

  private static void replace(
      JsonNode value, String path, Consumer<JsonNode> set, Consumer<String> slip) {
    for (JsonNode other : ONE_OF_EACH_TYPE) {
      boolean sameType =
          other.getNodeType() == value.getNodeType()
              && other.isIntegralNumber() == value.isIntegralNumber();
      if (!sameType) {
        set.accept(other);
        slip.accept(other + " for " + path);
      }
    }
    set.accept(value);
  }

  @Override
  public String toString() {
    return what;
  }
}
