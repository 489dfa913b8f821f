package io.millrace.bench.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Flink's REST interface says of the one job that runs: how long checkpoints took, and how
 * many turns each subtask of the machines has taken.
 */
final class JobProbe {
  private static final Pattern RUNNING =
      Pattern.compile("\"id\":\"([0-9a-f]{32})\",\"status\":\"RUNNING\"");
  private static final Pattern COMPLETED =
      Pattern.compile(
          "\"id\":(\\d+),\"status\":\"COMPLETED\"[^{}]*?\"end_to_end_duration\":(\\d+)");
  private static final Pattern MACHINES =
      Pattern.compile("\"id\":\"([0-9a-f]{32})\",[^{}]*?\"name\":\"machines[^\"]*\"");
  private static final Pattern TURNS =
      Pattern.compile("\"id\":\"(\\d+\\.[^\"]*machines\\.turns)\"");
  private static final Pattern VALUE =
      Pattern.compile("\"id\":\"(\\d+)\\.[^\"]*\",\"value\":\"(\\d+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String flink;
  private final String job;
  private final TreeMap<Long, Long> checkpointMillis = new TreeMap<>();

  /**
   * Finds the job.
   *
   * @param flink host and port of the REST interface
   */
  JobProbe(String flink) {
    this.flink = flink;
    this.job = "/jobs/" + first(RUNNING, get("/jobs"));
  }

  /** Notes the checkpoints completed of late; Flink lists no more than the last ten. */
  synchronized void look() {
    Matcher matcher = COMPLETED.matcher(get(job + "/checkpoints"));
    while (matcher.find()) {
      checkpointMillis.put(Long.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
    }
  }

  /** The id of the last checkpoint noted; 0 if there is none. */
  synchronized long lastCheckpoint() {
    return checkpointMillis.isEmpty() ? 0 : checkpointMillis.lastKey();
  }

  /** How long those after the given one took. */
  synchronized Latencies checkpointsAfter(long id) {
    Latencies latencies = new Latencies();
    checkpointMillis.tailMap(id, false).values().forEach(ms -> latencies.add(ms * 1_000_000));
    return latencies;
  }

  /** Of each subtask, since the job was submitted. Metrics are up to ten seconds old. */
  SortedMap<Integer, Long> turns() {
    String metrics = job + "/vertices/" + first(MACHINES, get(job)) + "/metrics";
    String names =
        TURNS
            .matcher(get(metrics))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining(","));
    SortedMap<Integer, Long> turns = new TreeMap<>();
    Matcher subtask = VALUE.matcher(names.isEmpty() ? "" : get(metrics + "?get=" + names));
    while (subtask.find()) {
      turns.put(Integer.valueOf(subtask.group(1)), Long.valueOf(subtask.group(2)));
    }
    return turns;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("Expected Flink to tell " + pattern + ", but got " + text);
    }
    return matcher.group(1);
  }

  private String get(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + flink + path)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException("Expected Flink to answer at " + flink + ", but not.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking Flink.", e);
    }
  }
}
