package io.millrace.evaluation;

import io.millrace.expression.Analysis;
import io.millrace.expression.Expression;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The names a param refers to, those in the entries of a MAP included. */
final class References {
  private final Function<String, Expression> expressions;
  private final boolean throughParams;
  private final Map<String, Needed> found = new LinkedHashMap<>();

  private References(Function<String, Expression> expressions, boolean throughParams) {
    this.expressions = expressions;
    this.throughParams = throughParams;
  }

  /**
   * A name.
   *
   * @param param which refers to it, an entry of a MAP as {@code map.entry}
   * @param required whether nothing can be computed without it; {@code params['x']} is null
   *     instead, and a variable is given its own value
   */
  record Needed(String param, Template.Reference reference, boolean required) {}

  /**
   * In the order they are written.
   *
   * @param throughParams whether {@code params['x']} refers to x
   */
  static List<Needed> of(
      String name,
      ParamDefinition param,
      Function<String, Expression> expressions,
      boolean throughParams) {
    References references = new References(expressions, throughParams);
    references.param(name, param);
    return List.copyOf(references.found.values());
  }

  private void param(String path, ParamDefinition param) {
    if (param.content() instanceof ParamContent.Computed computed) {
      expression(path, expressions.apply(computed.expression()).analysis());
      return;
    }
    ParamValue literal = param.literal();
    if (literal instanceof ParamValue.MapOfParams map) {
      map.value().forEach((key, inner) -> param(path + "." + key, inner));
    } else {
      Literals.texts(literal)
          .forEach(
              text ->
                  Template.parse(text)
                      .references()
                      .forEach(reference -> add(new Needed(path, reference, true))));
    }
  }

  private void expression(String path, Analysis analysis) {
    analysis
        .inputs()
        .forEach(
            (name, at) ->
                add(
                    new Needed(
                        path,
                        new Template.Reference(name, at),
                        !analysis.assigned().contains(name))));
    if (!throughParams) {
      return;
    }
    for (Analysis.ParamsCall call : analysis.calls()) {
      boolean reads = call.function().equals("get") || call.function().equals("containsKey");
      String name = reads && !call.arguments().isEmpty() ? call.arguments().get(0) : null;
      if (name != null) {
        add(new Needed(path, new Template.Reference(name, call.at()), false));
      }
    }
  }

  private void add(Needed needed) {
    found.merge(
        needed.reference().name(),
        needed,
        (first, second) -> first.required() || !second.required() ? first : second);
  }
}
