package io.millrace.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A case as the files that {@code millrace simulate} takes. */
public final class CaseText {
  private CaseText() {}

  /** The scenario as JSON. */
  public static ObjectNode scenario(Case story) {
    ObjectNode scenario = Written.JSON.createObjectNode();
    scenario.set("params", Written.JSON.valueToTree(story.params()));
    ObjectNode steps = scenario.putObject("steps");
    story
        .outcomes()
        .forEach(
            (stepId, outcomes) -> {
              ArrayNode entries = steps.putArray(stepId);
              outcomes.forEach(outcome -> entries.add(entry(outcome)));
            });
    ArrayNode actions = scenario.putArray("actions");
    story.actions().forEach(action -> actions.add(entry(action)));
    if (!story.starts().isEmpty()) {
      ArrayNode starts = scenario.putArray("starts");
      story.starts().forEach(start -> starts.add(entry(start)));
    }
    return scenario;
  }

  private static ObjectNode entry(LeafOutcome outcome) {
    ObjectNode entry = Written.JSON.createObjectNode();
    if (outcome.iteration() != null) {
      entry.put("iteration", outcome.iteration());
    }
    if (outcome.fail() == null) {
      ObjectNode succeed = entry.putObject("succeed");
      if (!outcome.outputs().isEmpty()) {
        succeed.set("outputs", Written.JSON.valueToTree(outcome.outputs()));
      }
    } else {
      entry.put("fail", outcome.fail().name());
    }
    if (outcome.afterMs() > 0) {
      entry.put("after", outcome.afterMs() + "ms");
    }
    if (!outcome.retryable()) {
      entry.put("retryable", false);
    }
    return entry;
  }

  private static ObjectNode entry(Start start) {
    ObjectNode entry = Written.JSON.createObjectNode();
    entry.put("at", start.atMs() + "ms");
    entry.put("workflow", start.workflow());
    entry.set("params", Written.JSON.valueToTree(start.params()));
    return entry;
  }

  private static ObjectNode entry(Action action) {
    ObjectNode entry = Written.JSON.createObjectNode();
    entry.put("at", action.atMs() + "ms");
    entry.put("do", action.kind().name().toLowerCase(Locale.ROOT));
    if (action.instance() != null) {
      entry.put("instance", action.instance());
    }
    if (action.step() != null) {
      entry.put("step", action.step());
    }
    if (action.iteration() != null) {
      entry.put("iteration", action.iteration());
    }
    if (action.policy() != null) {
      entry.put("policy", "RESTART_" + action.policy());
    }
    return entry;
  }

  /** The id of the workflow in a definition. */
  public static String workflowId(String definition) {
    return tree(definition).at("/workflow/id").textValue();
  }

  /** The whole case, to be read. */
  public static String of(Case story) {
    StringBuilder text = new StringBuilder();
    story.definitions().forEach(definition -> text.append(pretty(definition)).append('\n'));
    text.append("scenario: ").append(scenario(story).toPrettyString()).append('\n');
    text.append("simulate --start ").append(story.start());
    return text.append(" --until ").append(story.untilMs()).append("ms").toString();
  }

  private static String pretty(String definition) {
    return tree(definition).toPrettyString();
  }

  static JsonNode tree(String definition) {
    try {
      return Written.JSON.readTree(definition);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the definitions, numbered in the order to push them, and {@code scenario.json}.
   *
   * @return the arguments after {@code simulate}
   */
  public static List<String> write(Case story, Path folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--json",
                "--start",
                story.start(),
                "--until",
                story.untilMs() + "ms",
                "--scenario",
                folder.resolve("scenario.json").toString()));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("scenario.json"), scenario(story).toPrettyString());
      for (int i = 0; i < story.definitions().size(); i++) {
        Path file = folder.resolve("definition-" + (i + 1) + ".json");
        Files.writeString(file, pretty(story.definitions().get(i)));
        arguments.add(file.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return arguments;
  }
}
