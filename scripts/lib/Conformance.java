import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what {@code millrace eval --batch} printed with what each case expects; an error is
 * expected by {@code "error": true}, whichever it is.
 *
 * <p>Arguments: the file of cases, the file of results. Exit 1 if any case failed.
 */
final class Conformance {
  private Conformance() {}

  public static void main(String[] args) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<JsonNode, JsonNode> results = new HashMap<>();
    for (JsonNode result : mapper.readTree(new File(args[1]))) {
      results.put(result.path("id"), result);
    }
    int passed = 0;
    int failed = 0;
    for (JsonNode expected : mapper.readTree(new File(args[0])).path("cases")) {
      JsonNode result = results.getOrDefault(expected.path("id"), mapper.missingNode());
      if (holds(expected, result)) {
        passed++;
      } else {
        failed++;
        System.out.println("failed: " + expected + "\n   got: " + result);
      }
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  private static boolean holds(JsonNode expected, JsonNode result) {
    return expected.path("error").booleanValue()
        ? result.has("error")
        : expected.has("type")
            && expected.get("type").equals(result.path("type"))
            && expected.path("value").equals(result.path("value"));
  }
}
