package io.millrace.definition;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random properties of workflows. */
final class RandomProperties {
  private final RandomTexts texts;

  RandomProperties(RandomTexts texts) {
    this.texts = texts;
  }

  Properties properties() {
    return new Properties(
        texts.oddName(),
        texts.notes(),
        strategy(),
        texts.maybe(() -> (int) texts.between(1, Properties.MAX_STEP_CONCURRENCY)),
        texts.maybe(this::alerting),
        texts.oneIn(2),
        texts.oneIn(2),
        texts.oneIn(2),
        texts.maybe(texts::odd));
  }

  private RunStrategy strategy() {
    RunStrategy.Rule rule = texts.one(RunStrategy.Rule.values());
    return new RunStrategy(
        rule, rule == RunStrategy.Rule.PARALLEL ? (int) texts.between(1, 1_000) : 1);
  }

  private Alerting alerting() {
    Map<AlertType, Alerting.TypeConfig> configs = new LinkedHashMap<>();
    texts.subset(AlertType.values()).forEach(type -> configs.put(type, config()));
    return new Alerting(
        emails(),
        names(),
        texts.maybe(this::slack),
        texts.maybe(() -> new Alerting.BypassDigestConfig(texts.oneIn(2), names())),
        texts.maybe(
            () ->
                new Alerting.PagerdutyConfig(
                    texts.maybe(() -> texts.one(Alerting.Severity.values())), texts.oneIn(2))),
        texts.maybe(this::tct),
        texts.oneIn(2) ? Map.of() : configs);
  }

  private Alerting.TypeConfig config() {
    return new Alerting.TypeConfig(
        emails(),
        names(),
        texts.maybe(this::slack),
        texts.subset(Alerting.Action.values()),
        texts.oneIn(2),
        texts.maybe(() -> texts.one(Alerting.Granularity.values())),
        texts.maybe(() -> texts.between(1, AlertingReader.MAX_MINUTES)));
  }

  private Alerting.Slack slack() {
    return new Alerting.Slack(names(), names(), names());
  }

  private TargetCompletionTime tct() {
    TargetCompletionTime.Rule rule =
        switch (texts.below(4)) {
          case 0 ->
              new TargetCompletionTime.CompletedByHour(texts.between(0, AlertingReader.MAX_HOURS));
          case 1 ->
              new TargetCompletionTime.DurationMinutes(
                  texts.between(1, AlertingReader.MAX_MINUTES));
          case 2 ->
              new TargetCompletionTime.CompletedByTs(
                  String.valueOf(texts.between(0, Long.MAX_VALUE)));
          default -> new TargetCompletionTime.CompletedByTs("${RUN_TS}" + texts.odd());
        };
    return new TargetCompletionTime(rule, texts.maybe(() -> ZoneId.of(texts.zone())));
  }

  private List<String> emails() {
    List<String> emails = new ArrayList<>(names());
    if (texts.oneIn(3)) {
      emails.add("${owner}@example.com");
    }
    return emails;
  }

  private List<String> names() {
    return texts.some(2, texts::oddName);
  }
}
