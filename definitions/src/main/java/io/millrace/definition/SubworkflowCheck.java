package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the params that name the workflow a step starts (Maestro semantics 2.7, 1.6). */
final class SubworkflowCheck {
  private static final Set<String> SELECTORS = Set.of("active", "latest", "default");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private final DefinitionLimits limits;
  private final Problems problems;

  SubworkflowCheck(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  void check(Map<String, ParamDefinition> params, Fields step) {
    Optional<SourceNode.Obj> written =
        step.find("params")
            .filter(SourceNode.Obj.class::isInstance)
            .map(SourceNode.Obj.class::cast);
    if (written.isEmpty() || !written.get().members().containsKey(SubworkflowStep.ID)) {
      Place owner = written.map(SourceNode::place).orElse(step.place().missing("params"));
      problems.missing(owner, SubworkflowStep.ID);
      return;
    }
    check(params, written.get(), SubworkflowStep.ID);
    check(params, written.get(), SubworkflowStep.VERSION);
  }

  private void check(Map<String, ParamDefinition> params, SourceNode.Obj written, String name) {
    ParamDefinition param = params.get(name);
    SourceNode.Member member = written.members().get(name);
    if (param == null || member == null) {
      return;
    }
    boolean version = name.equals(SubworkflowStep.VERSION);
    if (param.type() != ParamType.STRING && !(version && param.type() == ParamType.LONG)) {
      problems.error(
          ProblemCode.BAD_VALUE,
          member.value().place(),
          Quoted.text(name) + " to be a STRING",
          "it is a " + param.type());
      return;
    }
    if (!(param.content() instanceof ParamContent.Literal literal)
        || (literal.value() instanceof ParamValue.Text text && Template.isIn(text.value()))) {
      if (!version) {
        problems.warning(
            ProblemCode.UNRESOLVED,
            member.value().place(),
            "the id of a workflow that can be known now",
            "only a run knows it; the step fails if there is no such workflow");
      }
      return;
    }
    if (literal.value() instanceof ParamValue.Text text) {
      if (version) {
        checkVersion(text.value(), member.value().place());
      } else {
        new Names(limits, problems).checkWorkflowId(text.value(), member.value().place());
      }
    }
  }

  private void checkVersion(String version, Place place) {
    if (!SELECTORS.contains(version.toLowerCase(Locale.ROOT))
        && !NUMBER.matcher(version).matches()) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label() + " to be active, latest, default or a number of a version",
          "it is " + Quoted.text(version));
    }
  }
}
