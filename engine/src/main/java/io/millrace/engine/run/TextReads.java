package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.RetryPolicyDefinition;
import io.millrace.definition.Setting;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.engine.Parent.Export;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.Template;
import io.millrace.expression.Analysis;
import io.millrace.expression.Expression;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a definition read, found without evaluating them (decisions, the tree 8).
 *
 * @param builtIns whether one may read a param that is built in for workflows; most do not, and
 *     then none is computed
 * @param exports what is read of the children of a loop or subworkflow, by the id of that step
 */
record TextReads(boolean builtIns, Map<String, List<Export>> exports) {

  static TextReads of(WorkflowDefinition workflow, Function<String, Expression> expressions) {
    Walk walk = new Walk(expressions);
    walk.params(workflow.params());
    walk.setting(workflow.timeout());
    walk.steps(workflow.steps());
    return new TextReads(walk.builtIns, walk.exports);
  }

  /** Recursion is as deep as loops are nested, which is limited when a definition is read. */
  private static final class Walk implements StepDefinition.Cases<Walk> {
    private static final Set<String> BUILT_IN = BuiltInParams.WORKFLOW.params().keySet();

    private final Function<String, Expression> expressions;
    private final Map<String, List<Export>> exports = new LinkedHashMap<>();
    private boolean builtIns;

    Walk(Function<String, Expression> expressions) {
      this.expressions = expressions;
    }

    void steps(List<StepDefinition> steps) {
      for (StepDefinition step : steps) {
        params(step.params());
        setting(step.timeout());
        step.successors().values().forEach(this::expression);
        step.accept(this);
      }
    }

    void params(Map<String, ParamDefinition> params) {
      for (ParamDefinition param : params.values()) {
        param.expression().ifPresentOrElse(this::expression, () -> literal(param.literal()));
      }
    }

    private void literal(ParamValue value) {
      if (value instanceof ParamValue.MapOfParams map) {
        params(map.value());
      } else if (value instanceof ParamValue.Text text) {
        template(text.value());
      } else if (value instanceof ParamValue.StringArray array) {
        array.value().forEach(this::template);
      } else if (value instanceof ParamValue.StringMap map) {
        map.value()
            .forEach(
                (key, text) -> {
                  template(key);
                  template(text);
                });
      }
    }

    private void template(String text) {
      if (!builtIns && Template.isIn(text)) {
        builtIns =
            Template.parse(text).references().stream()
                .anyMatch(reference -> BUILT_IN.contains(reference.name()));
      }
    }

    void setting(Setting<?> setting) {
      if (setting instanceof Setting.Interpolated<?> interpolated) {
        template(interpolated.text());
      }
    }

    private void expression(String text) {
      if (ConditionText.isAlways(text)) {
        return;
      }
      Analysis analysis = expressions.apply(text).analysis();
      builtIns |= analysis.inputs().keySet().stream().anyMatch(BUILT_IN::contains);
      analysis.calls().forEach(this::call);
    }

    private void call(Analysis.ParamsCall call) {
      List<@Nullable String> names = call.arguments();
      switch (call.function()) {
        case "get", "containsKey" ->
            builtIns |= names.get(0) == null || BUILT_IN.contains(names.get(0));
        case "getFromForeach", "getFromSubworkflow" -> {
          @Nullable String step = names.get(0);
          @Nullable String inner = names.get(1);
          @Nullable String param = names.get(2);
          if (step != null && inner != null && param != null) {
            List<Export> known = exports.computeIfAbsent(step, id -> new ArrayList<>());
            Export export = new Export(inner, param);
            if (!known.contains(export)) {
              known.add(export);
            }
          }
        }
        default -> {}
      }
    }

    @Override
    public Walk typed(TypedStep step) {
      RetryPolicyDefinition policy = step.retryPolicy();
      setting(policy.errorRetryLimit());
      setting(policy.platformRetryLimit());
      setting(policy.timeoutRetryLimit());
      waits(policy.backoff().error());
      waits(policy.backoff().platform());
      waits(policy.backoff().timeout());
      return this;
    }

    private void waits(RetryPolicyDefinition.Wait wait) {
      setting(wait.base());
      setting(wait.exponent());
      setting(wait.limit());
    }

    @Override
    public Walk subworkflow(SubworkflowStep step) {
      return this;
    }

    @Override
    public Walk foreach(ForeachStep step) {
      steps(step.steps());
      return this;
    }

    @Override
    public Walk whileLoop(WhileStep step) {
      expression(step.condition());
      steps(step.steps());
      return this;
    }
  }
}
