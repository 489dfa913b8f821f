package io.millrace.definition;

import io.millrace.expression.NameTypes;
import io.millrace.expression.value.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one text of a definition may read, and what reading them gives (Maestro semantics
 * 4.5); remembers why a name is refused, and what may go wrong with one that is not.
 */
final class NameScope implements NameTypes {
  private static final String SEPARATOR = "__";
  private static final Set<String> STEP_OUTCOMES =
      Set.of("MAESTRO_STEP_STATUS", "MAESTRO_STEP_END_TIME");

  private final Level level;
  private final @Nullable StepOutline step;
  private final Set<String> upstream;
  private final TextUse.Purpose purpose;
  private final Map<String, Type> own;
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final Map<String, Doubt> doubts = new LinkedHashMap<>();

  /**
   * The scope of a text.
   *
   * @param step whose text it is; null for one of the workflow
   * @param upstream ids of the steps that lead to it
   */
  NameScope(
      Level level, @Nullable StepOutline step, Set<String> upstream, TextUse.Purpose purpose) {
    this.level = level;
    this.step = step;
    this.upstream = upstream;
    this.purpose = purpose;
    this.own = step == null ? Map.of() : own(step, purpose);
  }

  /**
   * What may go wrong though a name is known.
   *
   * @param code of the warning
   */
  record Doubt(ProblemCode code, String expected, String finding) {}

  private static Map<String, Type> own(StepOutline step, TextUse.Purpose purpose) {
    Map<String, Type> own = new LinkedHashMap<>();
    switch (purpose) {
      case PARAM, SUCCESSOR, OUTPUT -> {
        own.putAll(BuiltInNames.ofStep(step));
        step.params().forEach((name, param) -> own.put(name, ResultTypes.of(param.type())));
        step.unread().forEach(name -> own.put(name, Type.ANY));
      }
      case LOOP -> {
        step.params().forEach((name, param) -> own.put(name, ResultTypes.of(param.type())));
        step.unread().forEach(name -> own.put(name, Type.ANY));
        own.putAll(LoopParams.types(step));
      }
      case SETTING, RETRY, ALERT, DEPENDENCY, TRIGGER -> {}
    }
    return own;
  }

  @Override
  public Optional<Type> typeOf(String name) {
    Type mine = own.get(name);
    Type shared = level.visible().get(name);
    if (mine != null) {
      // The one of the workflow is read until the step's own is evaluated.
      return Optional.of(shared == null || shared == mine ? mine : Type.ANY);
    }
    if (shared != null) {
      return Optional.of(shared);
    }
    Optional<Type> ofStep = name.contains(SEPARATOR) ? stepParam(name) : Optional.empty();
    if (ofStep.isEmpty() && level.open()) {
      if (!level.told()) {
        doubts.put(
            name,
            new Doubt(
                ProblemCode.UNRESOLVED,
                Quoted.text(name) + " to be a param in scope",
                "only a run knows whether the loop around it gives it"));
      }
      return Optional.of(Type.ANY);
    }
    return ofStep;
  }

  /**
   * Why {@link #typeOf} found nothing, as "Expected {@code name} to be ..., but {@code reason}".
   */
  Optional<String> reason(String name) {
    return Optional.ofNullable(reasons.get(name));
  }

  Optional<Doubt> doubt(String name) {
    return Optional.ofNullable(doubts.get(name));
  }

  /** {@code step__param}; where it can be parted in several ways, the step that exists decides. */
  private Optional<Type> stepParam(String name) {
    for (int at = name.indexOf(SEPARATOR, 1); at > 0; at = name.indexOf(SEPARATOR, at + 1)) {
      String id = name.substring(0, at);
      String param = name.substring(at + SEPARATOR.length());
      if (isStep(id) && readsSteps()) {
        if (isTooEarly(id)) {
          reasons.put(name, "the step's own params are not evaluated before its signals are there");
          return Optional.empty();
        }
        return paramOf(id, param, name);
      }
      if (level.hasSignal(id) && !param.isEmpty()) {
        return Optional.of(Type.ANY);
      }
      if (level.isAround(id)) {
        reasons.put(name, "step " + Quoted.text(id) + " is outside the loop");
      }
    }
    return Optional.empty();
  }

  private boolean isStep(String id) {
    return level.steps().containsKey(id);
  }

  /** Signals are waited for before the step's own params are evaluated (Maestro semantics 7.3). */
  private boolean isTooEarly(String id) {
    return purpose == TextUse.Purpose.DEPENDENCY && step != null && step.id().equals(id);
  }

  private boolean readsSteps() {
    return switch (purpose) {
      case PARAM, SUCCESSOR, LOOP, DEPENDENCY, OUTPUT -> step != null;
      case SETTING, RETRY, ALERT, TRIGGER -> false;
    };
  }

  /**
   * A param of a step of this level, read under {@code name}; empty with the reason noted.
   *
   * @param name under which the reason or doubt is found
   */
  Optional<Type> paramOf(String id, String param, String name) {
    StepOutline other = level.steps().get(id);
    if (step == null || other == null) {
      reasons.put(
          name,
          level.isAround(id)
              ? "step " + Quoted.text(id) + " is outside the loop"
              : "there is no step " + Quoted.text(id) + " here");
      return Optional.empty();
    }
    if (!id.equals(step.id()) && !upstream.contains(id)) {
      doubts.put(
          name,
          new Doubt(
              ProblemCode.NOT_UPSTREAM,
              "step " + Quoted.text(id) + " to come before step " + Quoted.text(step.id()),
              "it does not; the step fails unless " + Quoted.text(id) + " is over by chance"));
    }
    if (STEP_OUTCOMES.contains(param) || other.unread().contains(param)) {
      return Optional.of(Type.ANY);
    }
    var known = other.params().get(param);
    Optional<Type> type =
        known == null
            ? Optional.ofNullable(BuiltInNames.ofStep(other).get(param))
            : Optional.of(ResultTypes.of(known.type()));
    if (type.isEmpty()) {
      reasons.put(name, "step " + Quoted.text(id) + " has no param " + Quoted.text(param));
    }
    return type;
  }

  Level level() {
    return level;
  }

  @Nullable StepOutline step() {
    return step;
  }
}
