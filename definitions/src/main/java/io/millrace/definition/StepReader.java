package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code steps}: an object with one key that names the kind of step. */
final class StepReader {
  static final Duration DEFAULT_TIMEOUT = Duration.ofDays(10);
  static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  static final Duration MAX_TIMEOUT = Duration.ofDays(120);
  static final String TIMEOUT_RANGE = "more than 0 and at most 120 days";

  private static final Set<String> BUILT_IN_PARAMS =
      Set.of("workflow_instance_id", "step_instance_uuid", "step_attempt_id", "step_id");
  private static final Set<String> KINDS_NOT_YET =
      Set.of("subworkflow", "foreach", "while", "template");

  /** Types of Maestro that are kinds of step, or its own inner gate, and not work to be done. */
  private static final Set<String> NO_LEAF_TYPES =
      Set.of("subworkflow", "foreach", "while", "template", "join");

  private static final Set<String> PARAMS_NOT_YET =
      Set.of("heartbeat_timeout", "schedule_to_start_timeout");
  private static final String SLEEP_SECONDS = "sleep_seconds";

  /** Three centuries: a step may sleep "for ever", but milliseconds must not overflow. */
  private static final long MAX_SLEEP_SECONDS = 10_000_000_000L;

  private final DefinitionLimits limits;
  private final Problems problems;

  StepReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * What came of one item.
   *
   * @param outline null if the item is no step at all
   * @param step null if it can't be read or run
   */
  record StepReading(@Nullable StepOutline outline, @Nullable StepDefinition step) {}

  StepReading read(SourceNode item) {
    Optional<Fields> wrapper = Fields.of(item, problems);
    if (wrapper.isEmpty()) {
      return new StepReading(null, null);
    }
    Map<String, SourceNode.Member> members = wrapper.get().members();
    if (members.size() != 1) {
      problems.error(
          ProblemCode.BAD_VALUE,
          item.place(),
          item.place().label() + " to have one field that names the kind of step",
          "it has " + members.size());
      return new StepReading(null, null);
    }
    Map.Entry<String, SourceNode.Member> only = members.entrySet().iterator().next();
    SourceNode.Member member = only.getValue();
    if (only.getKey().equals("step")) {
      return Fields.of(member.value(), problems)
          .map(this::typed)
          .orElse(new StepReading(null, null));
    }
    if (KINDS_NOT_YET.contains(only.getKey())) {
      problems.notYet(member.name(), "a step of kind " + member.name().label());
      return new StepReading(
          Fields.of(member.value(), problems).map(this::outline).orElse(null), null);
    }
    problems.error(
        ProblemCode.UNKNOWN_FIELD,
        member.name(),
        "a step of kind step, subworkflow, foreach, while or template",
        "it is " + member.name().label());
    return new StepReading(null, null);
  }

  /** Of a kind that can't run yet: id and transition, so that its neighbours can be checked. */
  private StepOutline outline(Fields fields) {
    return outline(fields, id(fields), new TransitionReader(problems).read(fields));
  }

  private String id(Fields fields) {
    Optional<SourceNode> node = fields.require("id");
    node.ifPresent(new Names(limits, problems)::checkStepId);
    // Also a bad id is known to the steps that lead to it: one mistake, one problem.
    return node.orElse(null) instanceof SourceNode.Scalar scalar ? scalar.text() : "";
  }

  private static StepOutline outline(
      Fields fields, String id, TransitionReader.Transition transition) {
    Place place = fields.find("id").map(SourceNode::place).orElse(fields.place());
    return new StepOutline(id, place, transition.successors(), transition.predecessors());
  }

  private StepReading typed(Fields fields) {
    String id = id(fields);
    @Nullable String name = fields.text("name", limits.maxNameChars()).orElse(null);
    @Nullable String description = fields.text("description", limits.maxTextChars()).orElse(null);
    String type = type(fields);
    List<Tag> tags = new TagReader(limits, problems).read(fields);
    FailureMode failureMode =
        fields.oneOf("failure_mode", FailureMode.class).orElse(FailureMode.FAIL_AFTER_RUNNING);
    Duration timeout = timeout(fields, problems);
    RetryPolicy retryPolicy = new RetryPolicyReader(problems).read(fields);
    Map<String, ParamDefinition> params = params(fields, type);
    TransitionReader.Transition transition = new TransitionReader(problems).read(fields);
    fields.notYet("sub_type", "sub_type_version", "signal_dependencies", "signal_outputs");
    fields.refuseOthers();
    return new StepReading(
        outline(fields, id, transition),
        new TypedStep(
            id,
            name,
            description,
            type,
            tags,
            failureMode,
            timeout,
            retryPolicy,
            params,
            transition.conditions()));
  }

  static Duration timeout(Fields fields, Problems problems) {
    return fields
        .find("timeout")
        .flatMap(node -> DurationText.read(node, MIN_TIMEOUT, MAX_TIMEOUT, TIMEOUT_RANGE, problems))
        .orElse(DEFAULT_TIMEOUT);
  }

  private String type(Fields fields) {
    Optional<SourceNode> node = fields.require("type");
    Optional<String> type = node.flatMap(new Names(limits, problems)::stepType);
    if (node.isEmpty() || type.isEmpty()) {
      return "";
    }
    String lower = type.get().toLowerCase(Locale.ROOT);
    if (NO_LEAF_TYPES.contains(lower)) {
      problems.unexpected(ProblemCode.BAD_VALUE, node.get(), "the type of a leaf step");
    } else if (lower.equals("http")) {
      problems.notYet(node.get().place(), "type " + Quoted.text(type.get()));
    }
    return type.get();
  }

  private Map<String, ParamDefinition> params(Fields fields, String type) {
    Map<String, ParamDefinition> params =
        new ParamReader(limits, problems, new TextUses(problems), TextUse.Purpose.PARAM)
            .read(fields, BUILT_IN_PARAMS);
    if (!(fields.find("params").orElse(null) instanceof SourceNode.Obj written)) {
      return params;
    }
    boolean isSleep = type.equalsIgnoreCase("Sleep");
    written
        .members()
        .forEach(
            (name, member) -> {
              if (PARAMS_NOT_YET.contains(name) && !isSleep && !type.equalsIgnoreCase("NoOp")) {
                problems.notYet(member.name(), "param " + member.name().label());
              }
            });
    ParamDefinition sleep = params.get(SLEEP_SECONDS);
    SourceNode.Member at = written.members().get(SLEEP_SECONDS);
    if (isSleep && sleep != null && at != null) {
      params.put(SLEEP_SECONDS, sleepSeconds(sleep, at.value()));
    }
    return params;
  }

  /** A Sleep step knows its param as LONG; another type is converted if it can be. */
  private ParamDefinition sleepSeconds(ParamDefinition written, SourceNode node) {
    if (!(written.content() instanceof ParamContent.Literal literal)
        || (literal.value() instanceof ParamValue.Text text && Interpolation.isIn(text.value()))) {
      return written;
    }
    Optional<Long> seconds =
        literal.value() instanceof ParamValue.Text text
            ? Scalars.parse(text.value())
            : literal.value() instanceof ParamValue.Int number
                ? Optional.of(number.value())
                : Optional.empty();
    if (seconds.isEmpty() || seconds.get() < 0 || seconds.get() > MAX_SLEEP_SECONDS) {
      problems.error(
          ProblemCode.BAD_VALUE,
          node.place(),
          "'" + SLEEP_SECONDS + "' to be a LONG from 0 to " + MAX_SLEEP_SECONDS,
          seconds.isEmpty() ? "it is a " + written.type() : "it is " + seconds.get());
      return written;
    }
    return written.with(
        ParamType.LONG, new ParamContent.Literal(new ParamValue.Int(seconds.get())));
  }
}
