package io.millrace.cli;

import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.TimelineEvent.RunStatusChanged;
import io.millrace.protocol.TimelineEvent.StartAccepted;
import io.millrace.protocol.TimelineEvent.StepStatusChanged;
import io.millrace.protocol.TimelineEvent.VersionPushed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The timeline as a table; a retry is named as such. */
final class TimelineText {
  private static final int MANY = 3;

  private TimelineText() {}

  static String of(List<TimelineEvent> events) {
    if (events.isEmpty()) {
      return "";
    }
    long start = events.get(0).at();
    Table table = new Table("TIME", "STEP", "ATTEMPT", "STATUS", "MESSAGE");
    for (TimelineEvent event : events) {
      row(table, offset(event.at() - start), event.event());
    }
    return "Times count from " + Instant.ofEpochMilli(start) + System.lineSeparator() + table;
  }

  private static void row(Table table, String time, TimelineEvent.Happening happening) {
    if (happening instanceof StepStatusChanged step) {
      table.row(
          time,
          step.stepId(),
          step.attempt() + (step.attempt() > 1 ? " (retry)" : ""),
          path(step.statuses()),
          text(step.message()));
    } else if (happening instanceof RunStatusChanged run) {
      table.row(time, run.run(), "", path(run.statuses()), text(run.reason()));
    } else if (happening instanceof StartAccepted start) {
      table.row(
          time,
          start.workflowId() + "/" + start.instance(),
          "",
          "ACCEPTED",
          "version " + start.version() + ", request " + start.requestId());
    } else if (happening instanceof VersionPushed pushed) {
      table.row(
          time,
          pushed.workflowId(),
          "",
          "PUSHED",
          "version " + pushed.version() + (pushed.active() ? ", active" : ", not active"));
    }
  }

  /** All statuses of a turn if they are few, else the first and the last. */
  private static String path(List<? extends Enum<?>> statuses) {
    if (statuses.isEmpty()) {
      return "";
    }
    List<String> names = statuses.stream().map(status -> status.name()).toList();
    return names.size() < MANY
        ? String.join(" > ", names)
        : names.get(0) + " > .. > " + names.get(names.size() - 1);
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }

  private static String offset(long millis) {
    return String.format(Locale.ROOT, "+%d.%03d", millis / 1_000, millis % 1_000);
  }
}
