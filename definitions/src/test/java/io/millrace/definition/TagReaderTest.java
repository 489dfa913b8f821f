package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.label.Notes;
import io.millrace.label.Tag;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TagReaderTest {
  private static final int LIMIT = DefinitionLimits.DEFAULT.maxNameChars();

  @Test
  void shouldReadTextAndOpenObjects() {
    assertThat(
            Told.accepted(
                    Told.workflowField(
                        "\"tags\": [\"a b\", {\"name\": \"c\", \"namespace\": \"system\", \"x\": 1}]"))
                .workflow()
                .tags())
        .containsExactly(
            Tag.named("a b"), new Tag("c", Tag.Namespace.SYSTEM, new Notes(Map.of("x", 1))));
  }

  @Test
  void shouldRefuseWhatIsNoTag() {
    assertTold(
        Told.workflowField(
            "\"tags\": [«7, «\" \", «\"a;b\", «\"maestro_x\", «\"x_MAESTRO\", «{},\n"
                + "{\"name\": \"n\", \"namespace\": «\"mine\"}, \"d\", «\"d\"]"),
        "WRONG_TYPE $.workflow.tags[0]",
        "BAD_NAME $.workflow.tags[1]",
        "BAD_NAME $.workflow.tags[2]",
        "BAD_NAME $.workflow.tags[3]",
        "BAD_NAME $.workflow.tags[4]",
        "MISSING $.workflow.tags[5].name",
        "BAD_VALUE $.workflow.tags[6].namespace",
        "DUPLICATE $.workflow.tags[8]");
    assertTold(Told.workflowField("\"tags\": «\"a\""), "WRONG_TYPE $.workflow.tags");
  }

  @Test
  void shouldKeepTheLimitOfNames() {
    Told.accepted(Told.workflowField("\"tags\": [\"" + "t".repeat(LIMIT) + "\"]"));
    assertTold(
        Told.workflowField("\"tags\": [«\"" + "t".repeat(LIMIT + 1) + "\"]"),
        "LIMIT $.workflow.tags[0]");
  }
}
