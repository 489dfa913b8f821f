package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.protocol.TimelineEvent.Happening;
import io.millrace.protocol.TimelineEvent.RunStatusChanged;
import io.millrace.protocol.TimelineEvent.StartAccepted;
import io.millrace.protocol.TimelineEvent.StepStatusChanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What readers of the timeline get, letter by letter. */
final class TimelineJsonTest {
  private static final String HEAD =
      "{\"epoch\":3,\"address\":\"etl/7\",\"sequence\":4,\"at\":5,\"event\":";

  @Test
  void shouldWriteTheChangesOfARun() {
    List<RunStatus> statuses = List.of(RunStatus.IN_PROGRESS, RunStatus.FAILED);

    assertThat(json(new RunStatusChanged("etl", "etl/7:1", "uuid", "r-1", statuses, "ünï \"x\"")))
        .isEqualTo(
            HEAD
                + "{\"type\":\"WORKFLOW_INSTANCE_STATUS_CHANGE_EVENT\",\"workflow_id\":\"etl\","
                + "\"run\":\"etl/7:1\",\"run_uuid\":\"uuid\",\"request_id\":\"r-1\","
                + "\"statuses\":[\"IN_PROGRESS\",\"FAILED\"],\"reason\":\"ünï \\\"x\\\"\"}}");
  }

  @Test
  void shouldWriteTheChangesOfAStep() {
    List<StepStatus> statuses = List.of(StepStatus.USER_FAILED);

    assertThat(
            json(
                new StepStatusChanged(
                    "etl", "etl/7:1", "uuid", "s", 2, statuses, "id", "w", "why")))
        .isEqualTo(
            HEAD
                + "{\"type\":\"STEP_INSTANCE_STATUS_CHANGE_EVENT\",\"workflow_id\":\"etl\","
                + "\"run\":\"etl/7:1\",\"run_uuid\":\"uuid\",\"step_id\":\"s\",\"attempt\":2,"
                + "\"statuses\":[\"USER_FAILED\"],\"dispatch_id\":\"id\",\"worker\":\"w\","
                + "\"message\":\"why\"}}");
  }

  @Test
  void shouldLeaveOutWhatThereIsNot() {
    assertThat(json(new RunStatusChanged("etl", "etl/7:1", "uuid", null, List.of(), null)))
        .isEqualTo(
            HEAD
                + "{\"type\":\"WORKFLOW_INSTANCE_STATUS_CHANGE_EVENT\",\"workflow_id\":\"etl\","
                + "\"run\":\"etl/7:1\",\"run_uuid\":\"uuid\",\"statuses\":[]}}");
    assertThat(
            json(
                new StepStatusChanged(
                    "etl", "etl/7:1", "uuid", "s", 1, List.of(), null, null, null)))
        .isEqualTo(
            HEAD
                + "{\"type\":\"STEP_INSTANCE_STATUS_CHANGE_EVENT\",\"workflow_id\":\"etl\","
                + "\"run\":\"etl/7:1\",\"run_uuid\":\"uuid\",\"step_id\":\"s\",\"attempt\":1,"
                + "\"statuses\":[]}}");
  }

  @Test
  void shouldWriteOtherEventsByTheirFields() {
    assertThat(json(new StartAccepted("etl", 1, 7, "uuid", "r-1")))
        .isEqualTo(
            HEAD
                + "{\"type\":\"WORKFLOW_START_ACCEPTED_EVENT\",\"workflow_id\":\"etl\","
                + "\"version\":1,\"instance\":7,\"run_uuid\":\"uuid\",\"request_id\":\"r-1\"}}");
  }

  /** A component that is added later is written too, or this fails. */
  @Test
  void shouldWriteEveryComponent() throws IOException {
    for (Happening event :
        List.of(
            new RunStatusChanged("etl", "etl/7:1", "uuid", "r-1", List.of(), "why"),
            new StepStatusChanged("etl", "etl/7:1", "uuid", "s", 1, List.of(), "id", "w", "m"))) {
      List<String> components =
          Arrays.stream(event.getClass().getRecordComponents())
              .map(component -> component.getName().replaceAll("([A-Z])", "_$1"))
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList();
      List<String> written = new ArrayList<>();
      new ObjectMapper()
          .readTree(json(event))
          .get("event")
          .fieldNames()
          .forEachRemaining(written::add);

      assertThat(written.remove("type")).isTrue();
      assertThat(written).isEqualTo(components);
    }
  }

  private static String json(Happening event) {
    byte[] bytes = ProtocolJson.write(new TimelineEvent(3, "etl/7", 4, 5, event));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
