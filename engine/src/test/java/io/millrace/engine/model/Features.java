package io.millrace.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What occurs in a case: of a definition if it was run, of actions and starts if they matter. */
final class Features {
  private final Set<String> found = new TreeSet<>();
  private final Map<String, JsonNode> steps = new TreeMap<>();
  private final Map<String, String> kinds = new TreeMap<>();
  private final Case story;
  private final Result told;

  private Features(Case story, Result told) {
    this.story = story;
    this.told = told;
  }

  static Set<String> of(Case story, Result told) {
    Features features = new Features(story, told);
    story.definitions().forEach(features::definition);
    told.runs().forEach(run -> features.run(run, "", 0));
    features.actions();
    features.starts();
    return features.found;
  }

  private void definition(String text) {
    level(CaseText.tree(text).at("/workflow/steps"));
  }

  private void level(JsonNode level) {
    for (JsonNode wrapped : level) {
      String kind = wrapped.fieldNames().next();
      JsonNode step = wrapped.get(kind);
      String id = step.get("id").textValue();
      boolean isAsync = kind.equals("subworkflow") && !step.path("sync").asBoolean(true);
      steps.put(id, step);
      kinds.put(id, isAsync ? "async subworkflow" : kind);
      level(step.path("steps"));
    }
  }

  // ---- what was run

  private void run(Result.RunResult run, String around, int depth) {
    found.add((around.isEmpty() ? "a run" : "a run in a " + around) + " is " + run.status());
    run.steps().forEach((id, step) -> step(id, step, around));
    for (Result.Child child : run.children()) {
      if (child.run().run() > 1) {
        found.add("another run of a " + kinds.get(child.parentStep()) + "'s child");
      }
      run(child.run(), kinds.getOrDefault(child.parentStep(), ""), depth + 1);
    }
  }

  private void step(String id, Result.StepResult step, String around) {
    String kind = kinds.getOrDefault(id, "");
    JsonNode written = steps.get(id);
    if (!around.isEmpty() && !kind.equals("step")) {
      found.add("a " + kind + " in a " + around);
    }
    found.add("a " + kind + " is " + step.status());
    if (step.status() == StepStatus.FATALLY_FAILED) {
      found.add("a " + kind + " fails: " + written.path("failure_mode").asText("by default"));
    }
    if (written.has("timeout")) {
      found.add("a " + kind + " has a timeout");
    }
    for (JsonNode condition : written.at("/transition/successors")) {
      if (!condition.asText().equals("true")) {
        found.add("a " + kind + " has a condition");
      }
    }
    if (written.path("strict_ordering").asBoolean()) {
      found.add("a strict order");
    }
    if (step.attempts() > 1) {
      found.add("a " + kind + " has another attempt");
    }
  }

  // ---- what users do

  private void actions() {
    for (int i = 0; i < story.actions().size(); i++) {
      List<Action> others = new ArrayList<>(story.actions());
      Action action = others.remove(i);
      Result without = Model.tell(story.actions(others)).result();
      if (!without.equals(told)) {
        found.add(text(action, without));
      }
    }
  }

  /** Whether a restart was a run more, or was done within one. */
  private String text(Action action, Result without) {
    String what = action.kind().name().toLowerCase(Locale.ROOT);
    if (action.policy() != null) {
      what += " " + action.policy();
    }
    what += " of " + target(action.step(), action.iteration());
    boolean again = action.kind() == Action.Kind.RESTART || action.kind() == Action.Kind.SKIP;
    if (again && action.step() != null) {
      what += told.runs().size() > without.runs().size() ? ", after the end" : ", in a run";
    }
    return what;
  }

  private String target(@Nullable String step, @Nullable Long iteration) {
    if (step == null) {
      return "a run";
    }
    boolean isTop = told.runs().stream().anyMatch(run -> run.steps().containsKey(step));
    if (!isTop) {
      return iteration == null ? "a step in loops" : "a step in an iteration";
    }
    return iteration == null ? "a " + kinds.get(step) : "an iteration of a " + kinds.get(step);
  }

  private void starts() {
    for (Start start : story.starts()) {
      for (String text : story.definitions()) {
        if (CaseText.workflowId(text).equals(start.workflow())) {
          strategy(text, start.workflow());
        }
      }
    }
    if (told.runs().stream().anyMatch(run -> run.status() == RunStatus.CREATED)) {
      found.add("a run that is queued for good");
    }
  }

  private void strategy(String text, String workflow) {
    JsonNode strategy = CaseText.tree(text).at("/properties/run_strategy");
    String name = strategy.isTextual() ? strategy.textValue() : "PARALLEL";
    found.add("several starts of " + (strategy.isMissingNode() ? "SEQUENTIAL" : name));
    boolean comesToNothing =
        told.runs().stream()
            .anyMatch(run -> run.workflowId().equals(workflow) && run.steps().isEmpty());
    if (comesToNothing) {
      found.add("a start that comes to nothing");
    }
  }
}
