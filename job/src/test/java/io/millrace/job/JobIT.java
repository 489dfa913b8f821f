package io.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as it is submitted, from a push to the timeline. */
final class JobIT {
  @TempDir private static Path directory;
  private static JobRig rig;

  @BeforeAll
  static void startJob() throws Exception {
    rig =
        new JobRig(
            directory,
            "--queues",
            "extract",
            "--checkpoint-interval",
            "200ms",
            "--partitions",
            "2");
    rig.awaitRunning();
  }

  @AfterAll
  static void stopJob() throws Exception {
    rig.close();
  }

  @Test
  void shouldRunAWorkflowFromItsPushToItsTimeline() throws Exception {
    try (JobRig.Reader replies = rig.reader(rig.topics().replies());
        JobRig.Reader tasks = rig.reader(rig.topics().tasks("extract"));
        JobRig.Reader timeline = rig.reader(rig.topics().timeline())) {
      // when: pushed and started
      rig.send(rig.topics().definitions(), "etl", definition(), new ReplyTo(1, "push"));
      answer(replies, "push", Reply.Pushed.class);
      StartRequest start = new StartRequest("etl", null, "r1", Map.of(), "tester", true);
      rig.send(rig.topics().triggers(), "etl", start, new ReplyTo(3, "start"));
      Reply.Started started = answer(replies, "start", Reply.Started.class);
      assertThat(started.run()).isEqualTo("etl/1:1");

      // when: the worker succeeds
      Task task = tasks.await(Task.class, all -> !all.isEmpty()).get(0);
      assertThat(task.run()).isEqualTo("etl/1:1");
      rig.send(rig.topics().reports(), "etl", succeeded(task), null);

      // then: the end is answered, and the timeline tells it when the checkpoint is complete
      Reply.RunTold end = answer(replies, "start", Reply.RunTold.class);
      assertThat(end.run().status()).isEqualTo(RunStatus.SUCCEEDED);
      List<TimelineEvent> events =
          timeline.await(TimelineEvent.class, all -> all.stream().anyMatch(JobIT::isEnd));
      assertThat(events.stream().filter(event -> event.address().equals("etl/1")))
          .extracting(TimelineEvent::sequence)
          .doesNotHaveDuplicates()
          .isSorted();
      assertThat(rig.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void shouldAnswerWhatItCannotUnderstandAndGoOn() throws Exception {
    try (JobRig.Reader replies = rig.reader(rig.topics().replies());
        JobRig.Reader letters = rig.reader(rig.topics().deadLetters())) {
      // when
      byte[] garbage = "{\"workflow_id\": 7".getBytes(StandardCharsets.UTF_8);
      byte[] large = new byte[10 << 20];
      for (String topic : rig.topics().inputs()) {
        rig.send(topic, "etl", garbage, new ReplyTo(0, "garbage-" + topic));
        rig.send(topic, null, large, null);
        rig.send(topic, "etl", (byte[]) null, null);
      }

      // then
      List<DeadLetter> dead =
          letters.await(DeadLetter.class, all -> all.size() >= 3 * rig.topics().inputs().size());
      for (String topic : rig.topics().inputs()) {
        assertThat(dead.stream().filter(letter -> topic.equals(letter.topic())))
            .extracting(DeadLetter::length)
            .containsExactlyInAnyOrder((long) garbage.length, (long) large.length, 0L);
        assertThat(answer(replies, "garbage-" + topic, Reply.Refused.class).message())
            .startsWith("Expected ");
      }
      assertThat(rig.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  private static <A extends Reply.Answer> A answer(
      JobRig.Reader replies, String correlationId, Class<A> type) {
    return replies
        .await(
            Reply.class, all -> all.stream().anyMatch(reply -> matches(reply, correlationId, type)))
        .stream()
        .filter(reply -> matches(reply, correlationId, type))
        .map(reply -> type.cast(reply.answer()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean matches(Reply reply, String correlationId, Class<?> type) {
    return reply.correlationId().equals(correlationId) && type.isInstance(reply.answer());
  }

  private static boolean isEnd(TimelineEvent event) {
    return event.event() instanceof TimelineEvent.RunStatusChanged changed
        && changed.statuses().contains(RunStatus.SUCCEEDED);
  }

  private static Report succeeded(Task task) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        Report.Kind.SUCCEEDED,
        "tester",
        Map.<String, ParamValue>of(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static byte[] definition() {
    return """
    {"properties": {"owner": "tester"},
     "workflow": {"id": "etl", "name": "ETL", "steps": [
       {"step": {"id": "extract", "type": "Extract", "transition": {"successors": {"done": "true"}}}},
       {"step": {"id": "done", "type": "NoOp"}}]},
     "is_active": true}
    """
        .getBytes(StandardCharsets.UTF_8);
  }
}
