package io.millrace.evaluation;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of all params of a scope: a depth-first walk over what needs what. The way down is
 * a list, not the call stack, so that a chain may be as long as there are params; a param that is
 * met on it needs itself.
 */
final class DependencyOrder {
  private static final int SHOWN_OF_A_CYCLE = 10;

  private final Map<String, ParamDefinition> params;
  private final Lookup lookup;
  private final ParamLimits limits;
  private final ParamComputation computation;
  private final Map<String, EvaluatedParam> evaluated = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final List<Open> way = new ArrayList<>();
  private int chars = "{}".length();
  private @Nullable ParamFailure failure;

  DependencyOrder(
      Map<String, ParamDefinition> params,
      Lookup lookup,
      ParamLimits limits,
      ParamComputation computation) {
    this.params = params;
    this.lookup = lookup;
    this.limits = limits;
    this.computation = computation;
  }

  Evaluation evaluate() {
    for (String name : params.keySet()) {
      if (!evaluated.containsKey(name)) {
        begin(name);
        walk();
      }
      if (failure != null) {
        return new Evaluation.Failed(failure);
      }
    }
    Map<String, EvaluatedParam> inOrder = new LinkedHashMap<>();
    params.keySet().forEach(name -> inOrder.put(name, done(name)));
    return new Evaluation.Evaluated(inOrder);
  }

  private EvaluatedParam done(String name) {
    EvaluatedParam param = evaluated.get(name);
    if (param == null) {
      throw new IllegalStateException("Expected '" + name + "' to be evaluated, but it is not.");
    }
    return param;
  }

  private void walk() {
    while (!way.isEmpty() && failure == null) {
      Open last = way.get(way.size() - 1);
      if (last.hasNext()) {
        resolve(last, last.next());
      } else {
        finish(last);
      }
    }
  }

  private void begin(String name) {
    ParamDefinition param = params.get(name);
    if (param == null) {
      throw new IllegalStateException("Expected '" + name + "' to be a param, but it is none.");
    }
    failure = ParamLimits.refuseDepth(name, param).orElse(null);
    if (failure != null) {
      return;
    }
    Open begun = new Open(name, param, computation.references(name, param));
    open.add(name);
    way.add(begun);
  }

  private void resolve(Open param, References.Needed needed) {
    Template.Reference reference = needed.reference();
    Optional<Lookup.Found> found = lookup.find(reference.name(), evaluated);
    if (found.isEmpty()) {
      if (needed.required()) {
        failure = ParamFailure.unknown(needed.param(), reference);
      }
    } else if (found.get() instanceof Lookup.Found.Known known) {
      param.found.put(reference.name(), known.value());
    } else {
      String own = ((Lookup.Found.Own) found.get()).name();
      if (open.contains(own)) {
        failure = cycle(needed, own);
      } else {
        param.lookAgainAt(needed);
        begin(own);
      }
    }
  }

  private void finish(Open param) {
    ParamComputation.Computed computed =
        computation.compute(param.name, param.definition, param.found);
    if (computed instanceof ParamComputation.Computed.NotDone none) {
      failure = none.failure();
      return;
    }
    EvaluatedParam done = ((ParamComputation.Computed.Done) computed).param();
    int comma = evaluated.isEmpty() ? 0 : 1;
    OptionalInt more = ParamText.chars(param.name, done.value(), limits.maxChars() - chars - comma);
    if (more.isEmpty()) {
      failure = computation.tooLarge(param.name);
      return;
    }
    chars += comma + more.getAsInt();
    evaluated.put(param.name, done);
    open.remove(param.name);
    way.remove(way.size() - 1);
  }

  private ParamFailure cycle(References.Needed needed, String again) {
    List<String> path = new ArrayList<>();
    for (Open param : way) {
      if (!path.isEmpty() || param.name.equals(again)) {
        path.add(param.name);
      }
    }
    int hidden = path.size() - SHOWN_OF_A_CYCLE;
    String shown =
        String.join(" -> ", path.subList(0, Math.min(path.size(), SHOWN_OF_A_CYCLE)))
            + (hidden > 0 ? " -> (" + hidden + " more)" : "")
            + " -> "
            + again;
    return new ParamFailure(
        needed.param(),
        ParamFault.CYCLE,
        "Expected no param to need itself, but there is " + shown + ".",
        needed.reference().at(),
        null);
  }

  /** A param on the way down: what it refers to, and what is known of that. */
  private static final class Open {
    private final String name;
    private final ParamDefinition definition;
    private final Iterator<References.Needed> needed;
    private final Map<String, ParamValue> found = new HashMap<>();
    private References.@Nullable Needed again;

    private Open(String name, ParamDefinition definition, List<References.Needed> needed) {
      this.name = name;
      this.definition = definition;
      this.needed = needed.iterator();
    }

    private boolean hasNext() {
      return again != null || needed.hasNext();
    }

    private References.Needed next() {
      References.Needed next = again == null ? needed.next() : again;
      again = null;
      return next;
    }

    /** Once the param it means has a value. */
    private void lookAgainAt(References.Needed reference) {
      again = reference;
    }
  }
}
