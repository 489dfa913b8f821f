package io.millrace.definition;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes whom to tell of what, as {@link AlertingReader} reads it. */
final class AlertingWriter implements TargetCompletionTime.Cases<WrittenFields> {
  private static final AlertingWriter TCT = new AlertingWriter();

  private AlertingWriter() {}

  /** An object that says nothing is there as well, for the reader tells it from none. */
  static Map<String, Object> write(Alerting alerting) {
    WrittenFields fields = targets(alerting.emails(), alerting.pagerduties(), alerting.slack());
    Alerting.BypassDigestConfig bypass = alerting.bypassDigestConfig();
    if (bypass != null) {
      fields.put("bypass_digest_config", bypass(bypass));
    }
    Alerting.PagerdutyConfig pagerduty = alerting.pagerdutyConfig();
    if (pagerduty != null) {
      fields.put("pagerduty_config", pagerduty(pagerduty));
    }
    TargetCompletionTime tct = alerting.tct();
    if (tct != null) {
      fields.put("tct", tct(tct));
    }
    if (!alerting.typeConfigs().isEmpty()) {
      WrittenFields configs = new WrittenFields();
      alerting.typeConfigs().forEach((type, config) -> configs.put(type.name(), config(config)));
      fields.put("type_configs", configs.all());
    }
    return fields.all();
  }

  private static WrittenFields targets(
      List<String> emails, List<String> pagerduties, Alerting.@Nullable Slack slack) {
    WrittenFields fields =
        new WrittenFields()
            .putUnlessEmpty("emails", emails)
            .putUnlessEmpty("pagerduties", pagerduties);
    if (slack != null) {
      fields.put(
          "slack",
          new WrittenFields()
              .putUnlessEmpty("users", slack.users())
              .putUnlessEmpty("channels", slack.channels())
              .putUnlessEmpty("mention_users", slack.mentionUsers())
              .all());
    }
    return fields;
  }

  private static Map<String, Object> bypass(Alerting.BypassDigestConfig config) {
    return new WrittenFields()
        .putUnless("workflow", config.workflow(), false)
        .putUnlessEmpty("steps", config.steps())
        .all();
  }

  private static Map<String, Object> pagerduty(Alerting.PagerdutyConfig config) {
    Alerting.Severity severity = config.severity();
    return new WrittenFields()
        .put("severity", severity == null ? null : lower(severity))
        .putUnless("always_page", config.alwaysPage(), false)
        .all();
  }

  private static Map<String, Object> config(Alerting.TypeConfig config) {
    Alerting.Granularity granularity = config.granularity();
    return targets(config.emails(), config.pagerduties(), config.slack())
        .putEach("actions", config.actions(), AlertingWriter::lower)
        .putUnless("disabled", config.disabled(), false)
        .put("granularity", granularity == null ? null : granularity.name())
        .put("duration_minutes", config.durationMinutes())
        .all();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> tct(TargetCompletionTime tct) {
    ZoneId tz = tct.tz();
    return tct.rule().accept(TCT).put("tz", tz == null ? null : tz.getId()).all();
  }

  @Override
  public WrittenFields hour(TargetCompletionTime.CompletedByHour rule) {
    return new WrittenFields().put("completed_by_hour", rule.hours());
  }

  @Override
  public WrittenFields minutes(TargetCompletionTime.DurationMinutes rule) {
    return new WrittenFields().put("duration_minutes", rule.minutes());
  }

  /** A number that is known is written as one. */
  @Override
  public WrittenFields timestamp(TargetCompletionTime.CompletedByTs rule) {
    return new WrittenFields()
        .put(
            "completed_by_ts",
            Scalars.parse(rule.millis()).<Object>map(n -> n).orElse(rule.millis()));
  }
}
