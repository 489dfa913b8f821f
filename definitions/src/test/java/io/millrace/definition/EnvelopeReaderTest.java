package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EnvelopeReaderTest {
  private static final String WORKFLOW =
      "\"workflow\": {\"id\": \"w\", \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]}";

  @Test
  void shouldRefuseWhatIsNoObject() {
    assertTold("«[]", "WRONG_TYPE $");
    assertTold("«null", "WRONG_TYPE $");
    assertTold("«\"workflow\"", "WRONG_TYPE $");
  }

  @Test
  void shouldRequireAWorkflow() {
    assertTold("«{\"properties\": {\"owner\": \"me\"}}", "MISSING $.workflow");
    assertTold("{\"workflow\": «7}", "WRONG_TYPE $.workflow");
  }

  @Test
  void shouldTakeALaterVersionWithoutPropertiesOnly() {
    String text = "«{" + WORKFLOW + "}";
    String plain = text.substring(1);

    assertThat(Told.accepted(plain).properties()).isNull();
    assertTold(DefinitionReader.readFirst(plain), text, "MISSING $.properties.owner");
  }

  @Test
  void shouldReadWhetherTheVersionBecomesActive() {
    assertThat(Told.accepted("{\"is_active\": false, " + WORKFLOW + "}").active()).isFalse();
    assertThat(Told.accepted("{\"is_active\": null, " + WORKFLOW + "}").active()).isTrue();
    assertTold("{\"is_active\": «1, " + WORKFLOW + "}", "WRONG_TYPE $.is_active");
  }

  @Test
  void shouldTakeNotesOfTheAuthorButNotNamesOfTheEngine() {
    Told.accepted(
        "{\"source\": \"s3\", \"dsl_lang\": \"java\", \"mine\": [1], \"git_info\": {}, "
            + WORKFLOW
            + "}");
    assertTold(
        "{«\"create_time\": 1, \"git_info\": «[], " + WORKFLOW + "}",
        "UNKNOWN_FIELD $.create_time",
        "WRONG_TYPE $.git_info");
  }
}
