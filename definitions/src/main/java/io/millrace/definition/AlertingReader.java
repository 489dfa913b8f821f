package io.millrace.definition;

import io.millrace.evaluation.Template;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads whom to tell of what (Maestro semantics 1.2). */
final class AlertingReader {
  static final long MAX_HOURS = 2_880;
  static final long MAX_MINUTES = 172_800;

  private final DefinitionLimits limits;
  private final Problems problems;
  private final Scalars scalars;

  AlertingReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** The field {@code alerting}, whose texts are put into {@code uses}; empty if left out. */
  Optional<Alerting> read(Fields properties, TextUses uses) {
    properties.notYet("alerting");
    return object(properties, "alerting").map(fields -> alerting(fields, uses));
  }

  private Alerting alerting(Fields fields, TextUses uses) {
    List<String> emails = emails(fields, uses);
    List<String> pagerduties = texts(fields, "pagerduties", node -> {});
    Alerting.@Nullable Slack slack = object(fields, "slack").map(this::slack).orElse(null);
    Alerting.@Nullable BypassDigestConfig bypass =
        object(fields, "bypass_digest_config").map(this::bypassDigest).orElse(null);
    Alerting.@Nullable PagerdutyConfig pagerduty =
        object(fields, "pagerduty_config").map(AlertingReader::pagerduty).orElse(null);
    @Nullable TargetCompletionTime tct =
        object(fields, "tct").flatMap(found -> tct(found, uses)).orElse(null);
    Map<AlertType, Alerting.TypeConfig> typeConfigs =
        object(fields, "type_configs").map(found -> typeConfigs(found, uses)).orElse(Map.of());
    fields.refuseOthers();
    return new Alerting(emails, pagerduties, slack, bypass, pagerduty, tct, typeConfigs);
  }

  private Alerting.Slack slack(Fields fields) {
    Alerting.Slack slack =
        new Alerting.Slack(
            texts(fields, "users", node -> {}),
            texts(fields, "channels", node -> {}),
            texts(fields, "mention_users", node -> {}));
    fields.refuseOthers();
    return slack;
  }

  private Alerting.BypassDigestConfig bypassDigest(Fields fields) {
    Alerting.BypassDigestConfig config =
        new Alerting.BypassDigestConfig(
            fields.bool("workflow", false), texts(fields, "steps", node -> {}));
    fields.refuseOthers();
    return config;
  }

  private static Alerting.PagerdutyConfig pagerduty(Fields fields) {
    Alerting.PagerdutyConfig config =
        new Alerting.PagerdutyConfig(
            fields.oneOf("severity", Alerting.Severity.class).orElse(null),
            fields.bool("always_page", false));
    fields.refuseOthers();
    return config;
  }

  private Optional<TargetCompletionTime> tct(Fields fields, TextUses uses) {
    Optional<SourceNode> hour = fields.find("completed_by_hour");
    Optional<SourceNode> minutes = fields.find("duration_minutes");
    Optional<SourceNode> timestamp = fields.find("completed_by_ts");
    @Nullable ZoneId tz =
        fields.find("tz").flatMap(node -> TimeZoneText.read(node, problems)).orElse(null);
    fields.refuseOthers();
    List<TargetCompletionTime.Rule> rules = new ArrayList<>();
    hour.flatMap(node -> scalars.integer(node, 0, MAX_HOURS))
        .map(TargetCompletionTime.CompletedByHour::new)
        .ifPresent(rules::add);
    minutes
        .flatMap(node -> scalars.integer(node, 1, MAX_MINUTES))
        .map(TargetCompletionTime.DurationMinutes::new)
        .ifPresent(rules::add);
    timestamp
        .flatMap(node -> timestamp(node, uses))
        .map(TargetCompletionTime.CompletedByTs::new)
        .ifPresent(rules::add);
    long written = List.of(hour, minutes, timestamp).stream().filter(Optional::isPresent).count();
    if (written != 1) {
      problems.error(
          ProblemCode.BAD_VALUE,
          fields.place(),
          fields.place().label()
              + " to have one of completed_by_hour, duration_minutes and completed_by_ts",
          "it has " + written);
    }
    return rules.size() == 1
        ? Optional.of(new TargetCompletionTime(rules.get(0), tz))
        : Optional.empty();
  }

  private Optional<String> timestamp(SourceNode node, TextUses uses) {
    if (node instanceof SourceNode.Scalar scalar
        && scalar.kind() == SourceNode.Kind.TEXT
        && Template.isIn(scalar.text())) {
      Optional<String> text = scalars.text(node, limits.maxNameChars());
      text.ifPresent(found -> uses.text(node.place(), found, TextUse.Purpose.ALERT));
      return text;
    }
    return scalars.integer(node, 0, Long.MAX_VALUE).map(String::valueOf);
  }

  private Map<AlertType, Alerting.TypeConfig> typeConfigs(Fields fields, TextUses uses) {
    Map<AlertType, Alerting.TypeConfig> configs = new EnumMap<>(AlertType.class);
    fields
        .members()
        .forEach(
            (name, member) -> {
              Optional<AlertType> type =
                  scalars.oneOf(
                      new SourceNode.Scalar(member.name(), SourceNode.Kind.TEXT, name),
                      AlertType.class);
              Optional<Alerting.TypeConfig> config =
                  Fields.of(member.value(), problems).map(found -> typeConfig(found, uses));
              if (type.isPresent()
                  && config.isPresent()
                  && configs.put(type.get(), config.get()) != null) {
                problems.error(
                    ProblemCode.DUPLICATE,
                    member.name(),
                    "every type of alert to be there once",
                    type.get() + " is repeated");
              }
            });
    return configs;
  }

  private Alerting.TypeConfig typeConfig(Fields fields, TextUses uses) {
    Alerting.TypeConfig config =
        new Alerting.TypeConfig(
            emails(fields, uses),
            texts(fields, "pagerduties", node -> {}),
            object(fields, "slack").map(this::slack).orElse(null),
            actions(fields),
            fields.bool("disabled", false),
            fields.oneOf("granularity", Alerting.Granularity.class).orElse(null),
            fields
                .find("duration_minutes")
                .flatMap(node -> scalars.integer(node, 1, MAX_MINUTES))
                .orElse(null));
    fields.refuseOthers();
    return config;
  }

  private List<Alerting.Action> actions(Fields fields) {
    List<Alerting.Action> actions = new ArrayList<>();
    fields
        .array("actions")
        .ifPresent(
            array -> {
              for (SourceNode item : array.items()) {
                Optional<Alerting.Action> action = scalars.oneOf(item, Alerting.Action.class);
                if (action.isPresent() && actions.contains(action.get())) {
                  problems.error(
                      ProblemCode.DUPLICATE,
                      item.place(),
                      "every action to be there once",
                      action.get() + " is repeated");
                } else {
                  action.ifPresent(actions::add);
                }
              }
            });
    return actions;
  }

  private List<String> emails(Fields fields, TextUses uses) {
    return texts(
        fields, "emails", email -> uses.text(email.place(), email.text(), TextUse.Purpose.ALERT));
  }

  private List<String> texts(Fields fields, String field, Consumer<SourceNode.Scalar> each) {
    List<String> texts = new ArrayList<>();
    Optional<SourceNode.Arr> array = fields.array(field);
    if (array.isEmpty()) {
      return texts;
    }
    int count = array.get().items().size();
    if (count > limits.maxAlertTargets()) {
      problems.error(
          ProblemCode.LIMIT,
          array.get().place(),
          array.get().place().label() + " to have at most " + limits.maxAlertTargets() + " items",
          "there are " + count);
      return texts;
    }
    for (SourceNode item : array.get().items()) {
      Optional<String> text = scalars.text(item, limits.maxNameChars());
      if (text.isPresent() && text.get().isBlank()) {
        problems.unexpected(ProblemCode.BAD_VALUE, item, "an address or a name");
      } else if (text.isPresent() && item instanceof SourceNode.Scalar scalar) {
        each.accept(scalar);
        texts.add(text.get());
      }
    }
    return texts;
  }

  private Optional<Fields> object(Fields owner, String field) {
    return owner.find(field).flatMap(node -> Fields.of(node, problems));
  }
}
