package io.millrace.evaluation;

import io.millrace.expression.Expression;
import io.millrace.expression.Outcome;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.param.WholeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes single params, once all they refer to has a value. */
final class ParamComputation {
  private final ParamLimits limits;
  private final Function<String, Expression> expressions;
  private final Lookup lookup;
  private final Surroundings surroundings;

  ParamComputation(
      ParamLimits limits,
      Function<String, Expression> expressions,
      Lookup lookup,
      Surroundings surroundings) {
    this.limits = limits;
    this.expressions = expressions;
    this.lookup = lookup;
    this.surroundings = surroundings;
  }

  /** What came of one param. */
  sealed interface Computed {
    record Done(EvaluatedParam param) implements Computed {}

    record NotDone(ParamFailure failure) implements Computed {}
  }

  List<References.Needed> references(String name, ParamDefinition param) {
    return References.of(name, param, expressions, lookup.refersThroughParams());
  }

  /**
   * The value of a param.
   *
   * @param found what it refers to, as far as there is something
   */
  Computed compute(String path, ParamDefinition param, Map<String, ParamValue> found) {
    if (param.content() instanceof ParamContent.Computed computed) {
      return expression(path, param, expressions.apply(computed.expression()), found);
    }
    return param.literal() instanceof ParamValue.MapOfParams map
        ? map(path, param, map, found)
        : literal(path, param, found);
  }

  private Computed expression(
      String path, ParamDefinition param, Expression expression, Map<String, ParamValue> found) {
    // Two params that draw a random number or an id must not draw the same.
    Surroundings own =
        new Surroundings(
            surroundings.now(), surroundings.seed() + "#" + path, surroundings.functions());
    Outcome outcome = expression.evaluate(new Found(found), own);
    if (outcome instanceof Outcome.NoResult none) {
      return new Computed.NotDone(ParamFailure.expression(path, none.failure()));
    }
    Coercion.Coerced coerced = Coercion.of(((Outcome.Result) outcome).value(), param.type());
    if (coerced instanceof Coercion.Coerced.Fit fit) {
      if (!WholeText.is(fit.value())) {
        return new Computed.NotDone(
            ParamFailure.of(
                path,
                ParamFault.TYPE,
                "Expected '"
                    + path
                    + "' to be whole characters, but it holds half a surrogate pair."));
      }
      return new Computed.Done(new EvaluatedParam(param, fit.value(), fit.notes()));
    }
    String message = ((Coercion.Coerced.Misfit) coerced).message();
    return new Computed.NotDone(ParamFailure.of(path, ParamFault.TYPE, message));
  }

  private Computed map(
      String path,
      ParamDefinition param,
      ParamValue.MapOfParams map,
      Map<String, ParamValue> found) {
    Map<String, ParamDefinition> entries = new LinkedHashMap<>();
    List<Note> notes = new ArrayList<>();
    for (Map.Entry<String, ParamDefinition> entry : map.value().entrySet()) {
      Computed inner = compute(path + "." + entry.getKey(), entry.getValue(), found);
      if (!(inner instanceof Computed.Done done)) {
        return inner;
      }
      ParamValue value = done.param().value();
      entries.put(
          entry.getKey(), entry.getValue().with(value.type(), new ParamContent.Literal(value)));
      notes.addAll(done.param().notes());
    }
    return new Computed.Done(new EvaluatedParam(param, new ParamValue.MapOfParams(entries), notes));
  }

  private Computed literal(String path, ParamDefinition param, Map<String, ParamValue> found) {
    Filling filling = new Filling(found);
    ParamValue value = Literals.replace(param.literal(), filling::fill);
    if (filling.missing != null) {
      return new Computed.NotDone(ParamFailure.unknown(path, filling.missing));
    }
    return filling.left < 0
        ? new Computed.NotDone(tooLarge(path))
        : new Computed.Done(new EvaluatedParam(param, value, List.of()));
  }

  /** The one message for whatever is more than all params together may be. */
  ParamFailure tooLarge(String path) {
    return ParamFailure.of(
        path,
        ParamFault.LIMIT,
        "Expected the params to take at most "
            + limits.maxChars()
            + " characters of JSON, but with '"
            + path
            + "' they take more.");
  }

  /** Fills the texts of one literal; together they may be no longer than all params may. */
  private final class Filling {
    private final Map<String, ParamValue> found;
    private int left = limits.maxChars();
    private Template.@Nullable Reference missing;

    private Filling(Map<String, ParamValue> found) {
      this.found = found;
    }

    private String fill(String text) {
      if (missing != null || left < 0) {
        return "";
      }
      Template.Filled filled =
          Template.parse(text)
              .fill(name -> Optional.ofNullable(found.get(name)).map(ParamText::of), left);
      if (filled instanceof Template.Filled.Text done) {
        left -= done.text().length();
        return done.text();
      }
      if (filled instanceof Template.Filled.Missing name) {
        missing = name.reference();
      } else {
        left = -1;
      }
      return "";
    }
  }

  /** The names one evaluation can read; a copy of each is made once, however often it is read. */
  private final class Found implements Scope {
    private final Map<String, ParamValue> found;
    private final Map<String, Value> copies = new HashMap<>();

    private Found(Map<String, ParamValue> found) {
      this.found = found;
    }

    @Override
    public Optional<Value> find(String name) {
      Value copy = copies.get(name);
      if (copy != null) {
        return Optional.of(copy);
      }
      ParamValue value = found.containsKey(name) ? found.get(name) : visible(name);
      if (value == null) {
        return Optional.empty();
      }
      copies.put(name, ParamValues.of(value));
      return Optional.ofNullable(copies.get(name));
    }

    private @Nullable ParamValue visible(String name) {
      return lookup.visible(name).orElse(null);
    }
  }
}
