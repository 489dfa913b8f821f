package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.definition.Problem;
import io.millrace.protocol.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is found wrong with definitions: told to people at once, and kept for the document. */
final class DefinitionProblems {
  private final Consumer<String> told;
  private final ArrayNode found = Output.mapper().createArrayNode();
  private final Map<String, Set<Problem>> known = new HashMap<>();
  private String code = "INVALID_DEFINITION";
  private String message = "Expected valid definitions, but they have problems.";

  /**
   * @param told gets the text for people, without its last line end
   */
  DefinitionProblems(Consumer<String> told) {
    this.told = told;
  }

  /** A remark that is no problem. */
  void note(String text) {
    told.accept(text);
  }

  /** Each problem of a file is told and kept once. */
  void add(DefinitionFile file, List<Problem> problems) {
    Set<Problem> before = known.computeIfAbsent(file.name(), name -> new HashSet<>());
    List<Problem> fresh = problems.stream().filter(before::add).toList();
    if (!fresh.isEmpty()) {
      told.accept(ProblemsText.of(file.name(), file.text(), fresh).stripTrailing());
    }
    for (Problem problem : fresh) {
      found
          .addObject()
          .put("file", file.name())
          .put("path", problem.path())
          .put("severity", problem.severity().name())
          .put("code", problem.code().name())
          .put("message", problem.message())
          .put("line", problem.line())
          .put("column", problem.column());
    }
  }

  /** The engine does not take a definition that is valid by itself. */
  void refused(DefinitionFile file, Reply.Refused refusal) {
    code = refusal.code();
    message = file.name() + ": " + refusal.message();
    if (refusal.problems().isEmpty()) {
      told.accept(message);
    }
    add(file, refusal.problems());
  }

  /** All of them: {@code [{"file","path","severity","code","message","line","column"}]}. */
  ArrayNode document() {
    return found;
  }

  /** Why nothing was done: {@code {"error":{"code","message"},"problems":[...]}}. */
  ObjectNode refusal() {
    ObjectNode document = Output.mapper().createObjectNode();
    document.putObject("error").put("code", code).put("message", message);
    document.set("problems", found);
    return document;
  }
}
