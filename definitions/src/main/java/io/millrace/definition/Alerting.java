package io.millrace.definition;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of what, and how (Maestro semantics 1.2). Carried to those who send alerts; only the
 * e-mail addresses and the target completion time are evaluated.
 *
 * @param emails may hold interpolations
 * @param slack null if unsaid, as what follows
 * @param tct when a run is to be done
 * @param typeConfigs what differs for single types of alert
 */
public record Alerting(
    List<String> emails,
    List<String> pagerduties,
    @Nullable Slack slack,
    @Nullable BypassDigestConfig bypassDigestConfig,
    @Nullable PagerdutyConfig pagerdutyConfig,
    @Nullable TargetCompletionTime tct,
    Map<AlertType, TypeConfig> typeConfigs) {
  public Alerting {
    emails = List.copyOf(emails);
    pagerduties = List.copyOf(pagerduties);
    EnumMap<AlertType, TypeConfig> sorted = new EnumMap<>(AlertType.class);
    sorted.putAll(typeConfigs);
    typeConfigs = Collections.unmodifiableMap(sorted);
  }

  /** Users and channels of Slack. */
  public record Slack(List<String> users, List<String> channels, List<String> mentionUsers) {
    public Slack {
      users = List.copyOf(users);
      channels = List.copyOf(channels);
      mentionUsers = List.copyOf(mentionUsers);
    }
  }

  /**
   * What is told at once and not in a digest.
   *
   * @param workflow false if unsaid
   * @param steps ids
   */
  public record BypassDigestConfig(boolean workflow, List<String> steps) {
    public BypassDigestConfig {
      steps = List.copyOf(steps);
    }
  }

  /**
   * How PagerDuty is told.
   *
   * @param severity null if unsaid
   * @param alwaysPage false if unsaid
   */
  public record PagerdutyConfig(@Nullable Severity severity, boolean alwaysPage) {}

  /** The severities of PagerDuty, written in lower case. */
  public enum Severity {
    CRITICAL,
    ERROR,
    WARNING,
    INFO
  }

  /**
   * What differs for one type of alert.
   *
   * @param emails may hold interpolations
   * @param slack null if unsaid
   * @param actions in the order they were written, each once
   * @param disabled false if unsaid
   * @param granularity null if unsaid
   * @param durationMinutes how long is too long, or soon enough; null if unsaid
   */
  public record TypeConfig(
      List<String> emails,
      List<String> pagerduties,
      @Nullable Slack slack,
      List<Action> actions,
      boolean disabled,
      @Nullable Granularity granularity,
      @Nullable Long durationMinutes) {
    public TypeConfig {
      emails = List.copyOf(emails);
      pagerduties = List.copyOf(pagerduties);
      actions = List.copyOf(actions);
    }
  }

  /** What an alert does, written in lower case. */
  public enum Action {
    EMAIL,
    PAGE,
    SLACK,
    CANCEL
  }

  /** What an alert is about. */
  public enum Granularity {
    WORKFLOW,
    STEP,
    ALL
  }
}
