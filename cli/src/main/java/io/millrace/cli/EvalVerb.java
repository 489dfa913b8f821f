package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.evaluation.ParamValues;
import io.millrace.expression.Expression;
import io.millrace.expression.Failure;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Evaluates expressions as a run would, now; needs no running system. */
@Command(name = "eval", description = "Evaluates an expression; needs no running system.")
final class EvalVerb implements Callable<Integer> {
  @ParentCommand private Millrace parent = new Millrace();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "EXPRESSION", arity = "0..1", description = "What to evaluate.")
  private @Nullable String expression;

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "A JSON object: the value of each name the expression can read.")
  private @Nullable Path params;

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = {
        "Evaluate many: {\"params\":{..},\"cases\":[{\"id\",\"expression\"},..]}.",
        "Prints an array of results; none of them changes the exit status."
      })
  private @Nullable Path batch;

  @Override
  public Integer call() {
    if ((expression == null) == (batch == null)) {
      throw wrongUsage("Expected either EXPRESSION or --batch FILE.");
    }
    Output output =
        new Output(
            spec.commandLine().getOut(), spec.commandLine().getErr(), parent.options().json());
    if (batch != null) {
      return evaluateAll(batch);
    }
    Map<String, ParamValue> values =
        params == null ? Map.of() : values(tree(params), params.toString());
    String text = String.valueOf(expression);
    Outcome outcome = evaluate(text, values);
    output.document(document(outcome));
    if (outcome instanceof Outcome.NoResult none) {
      output.text(ExpressionText.failure(text, none.failure()));
      return ExitStatus.NO;
    }
    output.line(((Outcome.Result) outcome).value().text());
    return ExitStatus.DONE;
  }

  /** Prints JSON with and without {@code --json}: there is no other form of a batch. */
  private int evaluateAll(Path file) {
    JsonNode document = tree(file);
    JsonNode cases = document.path("cases");
    if (!cases.isArray()) {
      throw wrongUsage("Expected " + file + " to hold an array 'cases', but it does not.");
    }
    if (params != null) {
      throw wrongUsage("Expected the params of a batch within " + file + ", but got --params.");
    }
    Map<String, ParamValue> values = values(document.path("params"), file.toString());
    ArrayNode results = Output.mapper().createArrayNode();
    for (JsonNode each : cases) {
      JsonNode text = each.path("expression");
      if (!text.isTextual() || !each.has("id")) {
        throw wrongUsage("Expected every case to have an id and an expression, but found " + each);
      }
      ObjectNode result = results.addObject();
      result.set("id", each.get("id"));
      result.setAll(document(evaluate(text.textValue(), values)));
    }
    new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), true).document(results);
    return ExitStatus.DONE;
  }

  private static Outcome evaluate(String text, Map<String, ParamValue> params) {
    Scope scope = name -> Optional.ofNullable(params.get(name)).map(ParamValues::of);
    Surroundings surroundings =
        new Surroundings(
            System.currentTimeMillis(), UUID.randomUUID().toString(), ParamFunctions.NONE);
    return Expression.compile(text).evaluate(scope, surroundings);
  }

  private static ObjectNode document(Outcome outcome) {
    ObjectNode document = Output.mapper().createObjectNode();
    if (outcome instanceof Outcome.Result result) {
      document.put("type", result.value().type().name()).put("value", result.value().text());
      return document;
    }
    Failure failure = ((Outcome.NoResult) outcome).failure();
    document
        .putObject("error")
        .put("code", failure.code().name())
        .put("message", failure.message())
        .put("line", failure.at().line())
        .put("column", failure.at().column());
    return document;
  }

  private JsonNode tree(Path file) {
    try {
      return Output.mapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrongUsage("Expected file " + file + " to hold JSON, but failed: " + e.getMessage());
    }
  }

  private Map<String, ParamValue> values(JsonNode object, String file) {
    if (!object.isObject() && !object.isMissingNode()) {
      throw wrongUsage("Expected the params in " + file + " to be an object, but they are not.");
    }
    Map<String, ParamValue> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      byte[] json = field.getValue().toString().getBytes(StandardCharsets.UTF_8);
      Reading<ParamValue> value = ProtocolJson.read(json, ParamValue.class);
      values.put(
          field.getKey(),
          value
              .value()
              .orElseThrow(
                  () ->
                      wrongUsage(
                          file + ", " + field.getKey() + ": " + value.problem().orElse(""))));
    }
    return values;
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
