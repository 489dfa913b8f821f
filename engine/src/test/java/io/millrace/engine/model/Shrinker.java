package io.millrace.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.definition.DefinitionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Takes away from a case what can be taken away while it still fails. */
final class Shrinker {
  private static final Set<String> NEEDED =
      Set.of("id", "type", "condition", "steps", "loop_params", "subworkflow_id", "owner");

  private final Predicate<Case> stillFails;

  Shrinker(Predicate<Case> stillFails) {
    this.stillFails = stillFails;
  }

  /** Nothing can be removed from what is returned. */
  Case shrink(Case story) {
    Case smallest = story;
    Optional<Case> smaller = Optional.of(story);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = smaller(smallest).stream().filter(this::valid).filter(stillFails).findFirst();
    }
    return smallest;
  }

  private boolean valid(Case story) {
    return story.definitions().stream()
        .allMatch(text -> DefinitionReader.readFirst(text).push().isPresent());
  }

  /** All that is one thing smaller; large things first. */
  private static List<Case> smaller(Case story) {
    List<Case> smaller = new ArrayList<>();
    for (int i = 0; i < story.definitions().size(); i++) {
      if (!id(story.definitions().get(i)).equals(story.start())) {
        smaller.add(story.definitions(without(story.definitions(), i)));
      }
    }
    smaller.addAll(withoutTheStarted(story));
    for (int i = 0; i < story.actions().size(); i++) {
      smaller.add(story.actions(without(story.actions(), i)));
    }
    for (int i = 0; i < story.starts().size(); i++) {
      smaller.add(story.starts(without(story.starts(), i)));
    }
    for (int i = 0; i < story.definitions().size(); i++) {
      for (String text : definitions(story.definitions().get(i))) {
        List<String> definitions = new ArrayList<>(story.definitions());
        definitions.set(i, text);
        smaller.add(story.definitions(definitions));
      }
    }
    story
        .outcomes()
        .forEach(
            (stepId, outcomes) -> {
              for (int i = 0; i < outcomes.size(); i++) {
                smaller.add(story.outcomes(put(story.outcomes(), stepId, without(outcomes, i))));
              }
            });
    for (String name : story.params().keySet()) {
      Map<String, Object> params = new LinkedHashMap<>(story.params());
      params.remove(name);
      smaller.add(story.params(params));
    }
    return smaller;
  }

  /** What another workflow is started for instead. */
  private static List<Case> withoutTheStarted(Case story) {
    List<String> rest =
        story.definitions().stream().filter(text -> !id(text).equals(story.start())).toList();
    return rest.stream().map(text -> story.definitions(rest).start(id(text))).toList();
  }

  private static Map<String, List<LeafOutcome>> put(
      Map<String, List<LeafOutcome>> all, String stepId, List<LeafOutcome> outcomes) {
    Map<String, List<LeafOutcome>> changed = new LinkedHashMap<>(all);
    if (outcomes.isEmpty()) {
      changed.remove(stepId);
    } else {
      changed.put(stepId, outcomes);
    }
    return changed;
  }

  private static <T> List<T> without(List<T> all, int index) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(index);
    return rest;
  }

  private static String id(String definition) {
    return CaseText.workflowId(definition);
  }

  /** The definition without one of its parts; those that are not valid are sorted out later. */
  private static List<String> definitions(String text) {
    List<String> smaller = new ArrayList<>();
    JsonNode root = CaseText.tree(text);
    remove(root, root, smaller);
    return smaller;
  }

  private static void remove(JsonNode root, JsonNode node, List<String> into) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size() && array.size() > 1; i++) {
        JsonNode item = array.remove(i);
        into.add(withoutTransitionsTo(root, item));
        array.insert(i, item);
      }
      for (int i = 0; i < array.size(); i++) {
        withoutTheLoop(root, array, i).ifPresent(into::add);
      }
    } else if (node instanceof ObjectNode object) {
      // What is put back goes to the end, so the order of params is put back as a whole.
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      for (String name : fields.keySet()) {
        if (!NEEDED.contains(name)) {
          object.remove(name);
          into.add(root.toString());
          object.removeAll();
          fields.forEach(object::set);
        }
      }
    }
    for (JsonNode inner : List.copyOf(children(node))) {
      remove(root, inner, into);
    }
  }

  /** The steps of a loop in its place. */
  private static Optional<String> withoutTheLoop(JsonNode root, ArrayNode steps, int index) {
    JsonNode loop = steps.get(index);
    JsonNode inside = loop.isObject() && loop.size() == 1 ? loop.elements().next() : loop;
    if (!(inside.path("steps") instanceof ArrayNode inner)) {
      return Optional.empty();
    }
    steps.remove(index);
    for (int i = 0; i < inner.size(); i++) {
      steps.insert(index + i, inner.get(i));
    }
    String text = withoutTransitionsTo(root, loop);
    for (int i = 0; i < inner.size(); i++) {
      steps.remove(index);
    }
    steps.insert(index, loop);
    return Optional.of(text);
  }

  private static List<JsonNode> children(JsonNode node) {
    List<JsonNode> children = new ArrayList<>();
    node.forEach(children::add);
    return children;
  }

  /** A step that is gone takes the transitions to it with it. */
  private static String withoutTransitionsTo(JsonNode root, JsonNode step) {
    JsonNode copy = root.deepCopy();
    JsonNode id = step.isObject() && step.size() == 1 ? step.elements().next().path("id") : step;
    for (JsonNode successors : copy.findValues("successors")) {
      ((ObjectNode) successors).remove(id.asText());
    }
    return copy.toString();
  }
}
