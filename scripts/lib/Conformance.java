import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what the command line printed with what the outside cases expect.
 *
 * <p>Arguments: the folder of cases, what {@code millrace eval --batch} printed for its
 * expressions, what {@code millrace validate --json} printed for its definitions. Exit 1 if any
 * case failed.
 */
final class Conformance {
  private final ObjectMapper mapper = new ObjectMapper();
  private int passed;
  private int failed;

  private Conformance() {}

  public static void main(String[] args) throws IOException {
    Conformance conformance = new Conformance();
    conformance.expressions(new File(args[0], "expressions.json"), new File(args[1]));
    conformance.definitions(new File(args[0]), new File(args[2]));
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

  private void tell(boolean holds, String expected, String found) {
    if (holds) {
      passed++;
    } else {
      failed++;
      System.out.println("failed: " + expected + "\n   got: " + found);
    }
  }
}
