package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code steps}: an object with one key that names the kind of step. */
final class StepReader {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final int depth;

  /**
   * A reader of steps of one level.
   *
   * @param depth loops around it
   */
  StepReader(DefinitionLimits limits, Problems problems, int depth) {
    this.limits = limits;
    this.problems = problems;
    this.depth = depth;
  }

  /**
   * What came of one item.
   *
   * @param outline null if the item is no step at all
   * @param step null if it can't be read
   */
  record StepReading(@Nullable StepOutline outline, @Nullable StepDefinition step) {
    static final StepReading NONE = new StepReading(null, null);
  }

  StepReading read(SourceNode item) {
    Optional<Fields> wrapper = Fields.of(item, problems);
    if (wrapper.isEmpty()) {
      return StepReading.NONE;
    }
    Map<String, SourceNode.Member> members = wrapper.get().members();
    if (members.size() != 1) {
      problems.error(
          ProblemCode.BAD_VALUE,
          item.place(),
          item.place().label() + " to have one field that names the kind of step",
          "it has " + members.size());
      return StepReading.NONE;
    }
    String kind = members.keySet().iterator().next();
    SourceNode.Member member = members.values().iterator().next();
    Optional<Fields> fields = Fields.of(member.value(), problems);
    return switch (kind) {
      case "step" -> fields.map(this::typed).orElse(StepReading.NONE);
      case "subworkflow" -> fields.map(this::subworkflow).orElse(StepReading.NONE);
      case "foreach" -> fields.map(this::foreach).orElse(StepReading.NONE);
      case "while" -> fields.map(this::whileLoop).orElse(StepReading.NONE);
      case "template" -> {
        problems.error(
            ProblemCode.NOT_SUPPORTED_YET,
            member.name(),
            "a step that can run",
            "nothing runs a step of kind template, as there are no job templates");
        yield fields.map(this::template).orElse(StepReading.NONE);
      }
      default -> {
        problems.error(
            ProblemCode.UNKNOWN_FIELD,
            member.name(),
            "a step of kind step, subworkflow, foreach, while or template",
            "it is " + member.name().label());
        yield StepReading.NONE;
      }
    };
  }

  private StepReading typed(Fields fields) {
    Common common = new Common(fields, StepOutline.Kind.LEAF);
    TypedStepReader reader = new TypedStepReader(limits, problems);
    String type = reader.type(fields);
    RetryPolicyDefinition retryPolicy = new RetryPolicyReader(problems, common.uses).read(fields);
    reader.refuseTemplates(fields);
    StepBasics basics = common.basics(reader.checked(common.params, fields, type));
    fields.refuseOthers();
    return new StepReading(common.outline(type, null), new TypedStep(basics, type, retryPolicy));
  }

  private StepReading subworkflow(Fields fields) {
    Common common = new Common(fields, StepOutline.Kind.SUBWORKFLOW);
    boolean sync = fields.bool("sync", true);
    boolean explicitParams = fields.bool("explicit_params", false);
    new SubworkflowCheck(limits, problems).check(common.params, fields);
    StepBasics basics = common.basics(common.params);
    fields.refuseOthers();
    return new StepReading(
        common.outline("", null), new SubworkflowStep(basics, sync, explicitParams));
  }

  private StepReading foreach(Fields fields) {
    Common common = new Common(fields, StepOutline.Kind.FOREACH);
    int concurrency =
        (int)
            fields.integer(
                "concurrency", 1, ForeachStep.MAX_CONCURRENCY, ForeachStep.DEFAULT_CONCURRENCY);
    boolean strictOrdering = fields.bool("strict_ordering", false);
    StepsReader.Level inside = new StepsReader(limits, problems, depth + 1).read(fields);
    StepOutline.Loop loop = new LoopParams(limits, problems).foreach(common.params, fields, inside);
    StepBasics basics = common.basics(common.params);
    fields.refuseOthers();
    return new StepReading(
        common.outline("", loop),
        new ForeachStep(basics, concurrency, strictOrdering, inside.steps()));
  }

  private StepReading whileLoop(Fields fields) {
    Common common = new Common(fields, StepOutline.Kind.WHILE);
    Optional<SourceNode> condition = fields.require("condition");
    String text = "";
    if (condition.isPresent()) {
      if (condition.get() instanceof SourceNode.Scalar scalar) {
        text = scalar.text();
        common.uses.expression(scalar.place(), text, TextUse.Purpose.LOOP, ParamType.BOOLEAN);
      } else {
        problems.unexpected(ProblemCode.WRONG_TYPE, condition.get(), "the text of a condition");
      }
    }
    StepsReader.Level inside = new StepsReader(limits, problems, depth + 1).read(fields);
    StepOutline.Loop loop =
        new LoopParams(limits, problems).whileLoop(common.params, fields, inside);
    StepBasics basics = common.basics(common.params);
    fields.refuseOthers();
    return new StepReading(common.outline("", loop), new WhileStep(basics, text, inside.steps()));
  }

  /** Refused, but its neighbours can be checked. */
  private StepReading template(Fields fields) {
    return new StepReading(new Common(fields, StepOutline.Kind.TEMPLATE).outline("", null), null);
  }

  /** What is read of a step of every kind. */
  private final class Common {
    final TextUses uses = new TextUses();
    final Map<String, ParamDefinition> params;
    private final StepOutline.Kind kind;
    private final String id;
    private final Place place;
    private final TransitionReader.Transition transition;
    private final @Nullable String name;
    private final @Nullable String description;
    private final List<Tag> tags;
    private final FailureMode failureMode;
    private final Setting<Duration> timeout;
    private final List<SignalDependency> dependencies;
    private final List<SignalOutput> outputs;

    Common(Fields fields, StepOutline.Kind kind) {
      this.kind = kind;
      Optional<SourceNode> node = fields.require("id");
      node.ifPresent(new Names(limits, problems)::checkStepId);
      // Also a bad id is known to the steps that lead to it: one mistake, one problem.
      id = node.orElse(null) instanceof SourceNode.Scalar scalar ? scalar.text() : "";
      place = node.map(SourceNode::place).orElse(fields.place());
      name = fields.text("name", limits.maxNameChars()).orElse(null);
      description = fields.text("description", limits.maxTextChars()).orElse(null);
      tags = new TagReader(limits, problems).read(fields);
      failureMode =
          fields.oneOf("failure_mode", FailureMode.class).orElse(FailureMode.FAIL_AFTER_RUNNING);
      timeout = new SettingReader(problems, uses, TextUse.Purpose.SETTING).timeout(fields);
      Set<String> given = BuiltInNames.reservedOfStep(kind);
      params = new ParamReader(limits, problems, uses, TextUse.Purpose.PARAM).read(fields, given);
      dependencies = new SignalDependencyReader(limits, problems, uses).read(fields);
      outputs = new SignalOutputReader(limits, problems, uses).read(fields);
      transition = new TransitionReader(problems, uses).read(fields);
    }

    StepBasics basics(Map<String, ParamDefinition> checked) {
      return new StepBasics(
          id,
          name,
          description,
          tags,
          failureMode,
          timeout,
          dependencies,
          outputs,
          checked,
          transition.conditions());
    }

    StepOutline outline(String type, StepOutline.@Nullable Loop loop) {
      return new StepOutline(
          id,
          place,
          kind,
          type.toLowerCase(Locale.ROOT),
          transition.successors(),
          transition.predecessors(),
          params,
          uses.unread(),
          uses.all(),
          dependencies.size(),
          loop);
    }
  }
}
