package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.job.JobRig;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every savepoint ever recorded is restored by the job as it is now, on a broker that is new. */
final class RecordedSavepointsIT {
  private static final Path RECORDED = Path.of("recorded");

  /** Another one than any was recorded at. */
  private static final int PARALLELISM = 3;

  /** As long as a workflow may take: from then on time-outs are due before any answer. */
  private static final Duration TIMEOUT = Duration.ofDays(120);

  /** A nap and a back-off of two minutes are still on when a savepoint has just been recorded. */
  private static final Duration PATIENCE = Duration.ofSeconds(210);

  private static List<Path> recorded() throws IOException {
    try (Stream<Path> folders = Files.list(RECORDED)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @Test
  void shouldHaveTheFirstRelease() throws IOException {
    assertThat(recorded()).contains(RECORDED.resolve("0.1.0"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void shouldBringAllRunsToTheirEnd(Path folder, @TempDir Path directory) throws Exception {
    // given: the savepoint, and inputs that stand where they stood
    Expected expected = Expected.in(folder);
    JobRig.Before before = new JobRig.Before(folder.toAbsolutePath(), expected.offsets());
    try (JobRig rig =
            new JobRig(
                directory,
                PARALLELISM,
                Optional.of(before),
                "--queues",
                expected.queue(),
                "--partitions",
                "1",
                "--reply-partitions",
                "1",
                "--checkpoint-interval",
                "500ms");
        JobRig.Reader tasks = rig.reader(rig.topics().tasks(expected.queue()));
        JobRig.Reader timeline = rig.reader(rig.topics().timeline())) {

      // when: workers answer what is out and what is sent, and workflows at rest are started again
      Set<String> unfinished = runs(expected, false);
      runs(expected, true).forEach(run -> unfinished.add(startNext(rig, run)));
      expected.tasksOut().forEach(id -> succeed(rig, id));
      Set<String> answered = new HashSet<>(expected.tasksOut());
      List<TimelineEvent> events =
          timeline.await(
              TimelineEvent.class,
              all -> {
                tasks.await(Task.class, some -> true).stream()
                    .map(Task::dispatchId)
                    .filter(answered::add)
                    .forEach(id -> succeed(rig, id));
                return ends(all).keySet().containsAll(unfinished);
              },
              PATIENCE);

      // then
      assertThat(ends(events)).containsOnlyKeys(unfinished);
      assertThat(ends(events).values()).allMatch(end -> isExpected(end, expected));
      assertThat(events).allMatch(event -> event.epoch() > expected.epoch());
      assertThat(sequences(events)).isEqualTo(goingOn(expected, events));
      rig.awaitRunning();
    }
  }

  private static Set<String> runs(Expected expected, boolean ended) {
    return expected.runs().entrySet().stream()
        .filter(run -> (run.getValue() == Expected.Standing.ENDED) == ended)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Starts the workflow of {@code run} again and tells which run that must be. */
  private static String startNext(JobRig rig, String run) {
    String workflow = workflowOf(run);
    long instance = Long.parseLong(run.substring(workflow.length() + 1));
    StartRequest start = new StartRequest(workflow, null, "restored", Map.of(), "tester", false);
    rig.send(rig.topics().triggers(), workflow, start, null);
    return workflow + "/" + (instance + 1);
  }

  private static void succeed(JobRig rig, String dispatchId) {
    Report report =
        new Report(
            Task.PROTOCOL,
            dispatchId,
            Report.Kind.SUCCEEDED,
            "tester",
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            null);
    rig.send(rig.topics().reports(), workflowOf(dispatchId), report, null);
  }

  private static String workflowOf(String address) {
    return address.substring(0, address.indexOf('/'));
  }

  private static boolean isExpected(RunStatus end, Expected expected) {
    boolean overdue =
        System.currentTimeMillis() - expected.recordedAt() > TIMEOUT.toMillis() - 60_000;
    return end == RunStatus.SUCCEEDED || (overdue && end == RunStatus.TIMED_OUT);
  }

  private static Map<String, RunStatus> ends(List<TimelineEvent> events) {
    Map<String, RunStatus> ends = new HashMap<>();
    for (TimelineEvent event : events) {
      if (event.event() instanceof TimelineEvent.RunStatusChanged changed) {
        changed.statuses().stream()
            .filter(RunStatus::isTerminal)
            .forEach(status -> ends.put(event.address(), status));
      }
    }
    return ends;
  }

  private static Map<String, List<Long>> sequences(List<TimelineEvent> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                TimelineEvent::address,
                TreeMap::new,
                Collectors.mapping(TimelineEvent::sequence, Collectors.toList())));
  }

  /** As many sequences for each address as there are, from the one after the last recorded. */
  private static Map<String, List<Long>> goingOn(Expected expected, List<TimelineEvent> events) {
    return sequences(events).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                address -> {
                  long last = expected.sequences().getOrDefault(address.getKey(), 0L);
                  return LongStream.rangeClosed(last + 1, last + address.getValue().size())
                      .boxed()
                      .toList();
                }));
  }
}
