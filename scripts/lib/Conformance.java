import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what the command line printed with what the outside cases expect.
 *
 * <p>Arguments: the folder of cases, what {@code millrace eval --batch} printed for its
 * expressions, what {@code millrace validate --json} printed for its definitions, the {@code
 * millrace} script, which runs the simulations one by one. Exit 1 if any case failed.
 */
final class Conformance {
  private final ObjectMapper mapper = new ObjectMapper();

  /** The part of the cases of simulations that this release is to pass. */
  private static final String PART = "control-flow";

  private int passed;
  private int failed;

  private Conformance() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Conformance conformance = new Conformance();
    conformance.expressions(new File(args[0], "expressions.json"), new File(args[1]));
    conformance.definitions(new File(args[0]), new File(args[2]));
    conformance.simulations(new File(args[0]), args[3]);
    System.out.println(conformance.passed + " passed, " + conformance.failed + " failed");
    System.exit(conformance.failed == 0 && conformance.passed > 0 ? 0 : 1);
  }

  /** An error is expected by {@code "error": true}, whichever it is. */
  private void expressions(File cases, File printed) throws IOException {
    Map<JsonNode, JsonNode> results = new HashMap<>();
    for (JsonNode result : mapper.readTree(printed)) {
      results.put(result.path("id"), result);
    }
    for (JsonNode expected : mapper.readTree(cases).path("cases")) {
      JsonNode result = results.getOrDefault(expected.path("id"), mapper.missingNode());
      tell(holds(expected, result), expected.toString(), result.toString());
    }
  }

  private static boolean holds(JsonNode expected, JsonNode result) {
    return expected.path("error").booleanValue()
        ? result.has("error")
        : expected.has("type")
            && expected.get("type").equals(result.path("type"))
            && expected.path("value").equals(result.path("value"));
  }

  /** Every file of {@code definitions} must be valid; those of {@code push} as is recorded. */
  private void definitions(File folder, File printed) throws IOException {
    Map<String, Boolean> expected = new LinkedHashMap<>();
    File[] files = new File(folder, "definitions").listFiles(File::isFile);
    for (File file : files == null ? new File[0] : files) {
      expected.put("definitions/" + file.getName(), true);
    }
    File recorded = new File(folder, "expected.json");
    if (recorded.exists()) {
      for (JsonNode one : mapper.readTree(recorded).path("validate")) {
        expected.put(one.path("file").asText(), one.path("valid").booleanValue());
      }
    }
    Set<String> refused = new HashSet<>();
    Map<String, String> told = new TreeMap<>();
    for (JsonNode problem : mapper.readTree(printed)) {
      String file = problem.path("file").asText();
      told.merge(file, problem.toString(), (a, b) -> a + "\n        " + b);
      if (problem.path("severity").asText().equals("ERROR")) {
        refused.add(file);
      }
    }
    expected.forEach(
        (file, valid) ->
            tell(
                refused.contains(file) != valid,
                file + " to be " + (valid ? "valid" : "refused"),
                told.getOrDefault(file, "no problem")));
  }

  /** Of a simulated run only what is listed is compared. */
  private void simulations(File folder, String millrace) throws IOException, InterruptedException {
    File recorded = new File(folder, "expected.json");
    if (!recorded.exists()) {
      return;
    }
    for (JsonNode one : mapper.readTree(recorded).path("simulate")) {
      if (one.path("part").asText().equals(PART)) {
        List<String> differences = differences(one, simulated(folder, millrace, one));
        tell(differences.isEmpty(), one.toString(), String.join("; ", differences));
      }
    }
  }

  private JsonNode simulated(File folder, String millrace, JsonNode one)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(millrace, "simulate", "--json"));
    if (one.has("until")) {
      command.addAll(List.of("--until", one.get("until").asText()));
    }
    if (one.has("start")) {
      command.addAll(List.of("--start", one.get("start").asText()));
    }
    if (one.has("scenario")) {
      File scenario = File.createTempFile("scenario", ".json");
      scenario.deleteOnExit();
      mapper.writeValue(scenario, one.get("scenario"));
      command.addAll(List.of("--scenario", scenario.toString()));
    }
    one.path("files").forEach(file -> command.add(file.asText()));
    Process process =
        new ProcessBuilder(command)
            .directory(folder)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] printed = process.getInputStream().readAllBytes();
    process.waitFor();
    return printed.length == 0 ? mapper.missingNode() : mapper.readTree(printed);
  }

  /** What a run differs in; the params of a case are those of steps. */
  private static List<String> differences(JsonNode expected, JsonNode run) {
    List<String> found = new ArrayList<>();
    if (run.isMissingNode()) {
      return List.of("nothing was printed");
    }
    for (String field : List.of("status", "elapsed_ms")) {
      if (expected.has(field)) {
        compare(field, expected.get(field), run.path(field), found);
      }
    }
    for (Map.Entry<String, JsonNode> step : expected.path("steps").properties()) {
      JsonNode status = run.path("steps").path(step.getKey()).path("status");
      compare("step " + step.getKey(), step.getValue(), status, found);
    }
    for (Map.Entry<String, JsonNode> step : expected.path("params").properties()) {
      JsonNode params = run.path("steps").path(step.getKey()).path("params");
      for (Map.Entry<String, JsonNode> param : step.getValue().properties()) {
        String what = "param " + param.getKey() + " of " + step.getKey();
        compare(what, param.getValue(), params.path(param.getKey()), found);
      }
    }
    if (expected.has("leaf_counts")) {
      compare("leaf_counts", expected.get("leaf_counts"), run.path("leaf_counts"), found);
    }
    for (Map.Entry<String, JsonNode> step : expected.path("children").properties()) {
      int count = 0;
      for (JsonNode child : run.path("children")) {
        count += child.path("parent_step").asText().equals(step.getKey()) ? 1 : 0;
      }
      compare("children of " + step.getKey(), step.getValue(), new IntNode(count), found);
    }
    return found;
  }

  private static void compare(String what, JsonNode wanted, JsonNode is, List<String> found) {
    if (!wanted.equals(is)) {
      found.add(what + " is " + is);
    }
  }

  private void tell(boolean holds, String expected, String found) {
    if (holds) {
      passed++;
    } else {
      failed++;
      System.out.println("failed: " + expected + "\n   got: " + found);
    }
  }
}
