package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GitInfoReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final Part<Optional<GitInfo>> GIT_INFO =
      Part.readBy((fields, problems) -> new GitInfoReader(LIMITS, problems).read(fields));

  @Test
  void shouldReadAllThatIsSaidOfTheRepository() {
    assertThat(
            GIT_INFO.accepted(
                """
                "git_info": {"origin": "ssh://git/flows", "branch": "main", "sha": "97c6570",
                  "path": "flows/a.json", "author": "me", "timestamp": 1767225600000,
                  "uncommitted_changes": true}
                """))
        .hasValue(
            new GitInfo(
                "ssh://git/flows", "main", "97c6570", "flows/a.json", "me", 1767225600000L, true));
  }

  @Test
  void shouldLeaveOutWhatIsNotSaid() {
    assertThat(GIT_INFO.accepted("")).isEmpty();
    assertThat(GIT_INFO.accepted("\"git_info\": null")).isEmpty();
    assertThat(GIT_INFO.accepted("\"git_info\": {}"))
        .hasValue(new GitInfo(null, null, null, null, null, null, null));
    assertThat(GIT_INFO.accepted("\"git_info\": {\"uncommitted_changes\": \"false\"}"))
        .hasValue(new GitInfo(null, null, null, null, null, null, false));
  }

  @Test
  void shouldBeSupported() {
    assertThat(GIT_INFO.notYet("\"git_info\": {\"branch\": \"main\"}")).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoGitInfo() {
    GIT_INFO.assertTold("\"git_info\": «\"main\"", "WRONG_TYPE $.git_info");
    GIT_INFO.assertTold(
        """
        "git_info": {"origin": «1, "branch": «true, "sha": «7, "path": «[], "author": «{},
          "timestamp": «"2026-01-01", "uncommitted_changes": «1, «"tag": "v1"}
        """,
        "WRONG_TYPE $.git_info.origin",
        "WRONG_TYPE $.git_info.branch",
        "WRONG_TYPE $.git_info.sha",
        "WRONG_TYPE $.git_info.path",
        "WRONG_TYPE $.git_info.author",
        "BAD_VALUE $.git_info.timestamp",
        "WRONG_TYPE $.git_info.uncommitted_changes",
        "UNKNOWN_FIELD $.git_info.tag");
  }

  @Test
  void shouldKeepTheLimitsOfATimestamp() {
    GIT_INFO.accepted("\"git_info\": {\"timestamp\": -9223372036854775808}");
    GIT_INFO.accepted("\"git_info\": {\"timestamp\": 9223372036854775807}");
    GIT_INFO.assertTold(
        "\"git_info\": {\"timestamp\": «9223372036854775808}", "BAD_VALUE $.git_info.timestamp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"origin", "branch", "sha", "path", "author"})
  void shouldKeepTheLimitOfATextualField(String field) {
    int limit = LIMITS.maxTextChars();

    GIT_INFO.accepted("\"git_info\": {\"" + field + "\": \"" + "x".repeat(limit) + "\"}");
    GIT_INFO.assertTold(
        "\"git_info\": {\"" + field + "\": «\"" + "x".repeat(limit + 1) + "\"}",
        "LIMIT $.git_info." + field);
  }
}
