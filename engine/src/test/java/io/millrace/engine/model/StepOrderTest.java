package io.millrace.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** It makes no difference to a random case in which order its steps are written. */
final class StepOrderTest extends ModelComparison {
  @Override
  protected Simulator simulator() {
    return story ->
        Simulator.MODEL.run(
            story.definitions(story.definitions().stream().map(StepOrderTest::backwards).toList()));
  }

  private static String backwards(String definition) {
    try {
      JsonNode root = Written.JSON.readTree(definition);
      for (JsonNode steps : root.findParents("steps")) {
        backwards((ArrayNode) steps.get("steps"));
      }
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void backwards(ArrayNode steps) {
    List<JsonNode> items = new ArrayList<>();
    steps.forEach(item -> items.add(0, item));
    steps.forEach(
        item ->
            item.findParents("steps").forEach(loop -> backwards((ArrayNode) loop.get("steps"))));
    steps.removeAll();
    steps.addAll(items);
  }
}
