package io.millrace.cli;

import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.TimelineEvent.RunStatusChanged;
import io.millrace.protocol.TimelineEvent.StartAccepted;
import io.millrace.protocol.TimelineEvent.StepStatusChanged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of one workflow or one of its instances, as they count now.
 *
 * <p>A job restored from an older savepoint lives part of its past again, in a later epoch: for one
 * address, an event of a later epoch takes the place of all of earlier epochs whose sequence is not
 * below its own.
 */
final class TimelineHistory {
  private final String target;
  private final Optional<RunAddress> run;
  private final Map<String, List<TimelineEvent>> byAddress = new HashMap<>();

  /**
   * @param target {@code workflow}, {@code workflow/7} or {@code workflow/7:2}
   */
  TimelineHistory(String target) {
    this.target = target;
    this.run = RunAddress.parse(target);
  }

  String workflowId() {
    return run.map(RunAddress::instance).map(InstanceAddress::workflowId).orElse(target);
  }

  void add(TimelineEvent event) {
    if (!event.address().equals(workflowId()) && !event.address().equals(instance())) {
      return;
    }
    List<TimelineEvent> events =
        byAddress.computeIfAbsent(event.address(), address -> new ArrayList<>());
    for (int i = events.size() - 1; i >= 0; i--) {
      TimelineEvent before = events.get(i);
      if (before.sequence() < event.sequence()) {
        break;
      }
      if (before.epoch() > event.epoch()) {
        return;
      }
      events.remove(i);
    }
    events.add(event);
  }

  /** The events of the target, in order; for an instance with the acceptance of its start. */
  List<TimelineEvent> events() {
    List<TimelineEvent> own = byAddress.getOrDefault(instance(), List.of());
    if (run.isEmpty()) {
      return own;
    }
    List<TimelineEvent> events = new ArrayList<>();
    long number = run.get().instance().instance();
    for (TimelineEvent event : byAddress.getOrDefault(workflowId(), List.of())) {
      if (event.event() instanceof StartAccepted start && start.instance() == number) {
        events.add(event);
      } else if (event.event() instanceof RunStatusChanged changed
          && RunAddress.parse(changed.run())
              .map(each -> each.instance().equals(run.get().instance()))
              .orElse(false)) {
        events.add(event);
      }
    }
    own.stream().filter(this::isOfRun).forEach(events::add);
    events.sort(Comparator.comparingLong(TimelineEvent::at));
    return events;
  }

  /** True if the run's end is among the events, or the target is a workflow, which has none. */
  boolean isOver() {
    if (run.isEmpty()) {
      return true;
    }
    boolean over = false;
    for (TimelineEvent event : events()) {
      if (event.event() instanceof RunStatusChanged changed) {
        over = changed.statuses().stream().anyMatch(RunStatus::isTerminal);
      }
    }
    return over;
  }

  private String instance() {
    return run.map(RunAddress::instance).map(InstanceAddress::toString).orElse(target);
  }

  private boolean isOfRun(TimelineEvent event) {
    if (run.isEmpty() || run.get().run() == RunAddress.LATEST) {
      return true;
    }
    if (event.event() instanceof RunStatusChanged changed) {
      return isRun(changed.run());
    }
    return !(event.event() instanceof StepStatusChanged changed) || isRun(changed.run());
  }

  private boolean isRun(String text) {
    return RunAddress.parse(text).map(RunAddress::run).equals(run.map(RunAddress::run));
  }
}
