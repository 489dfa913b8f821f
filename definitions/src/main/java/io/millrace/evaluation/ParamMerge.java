package io.millrace.evaluation;

import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays params over others: who may change what, and what comes of two definitions of one param
 * (Maestro semantics 4.4, 4.7). The order of a merge is the caller's, stage by stage; each stage
 * writes its source into the notes of what it changed. {@link WorkflowParams} and {@link
 * StepParams} have the stages.
 */
public final class ParamMerge {
  /** The note that says who gave a param. */
  public static final String SOURCE = "source";

  private final ParamSource source;
  private final boolean upstream;

  private ParamMerge(ParamSource source, boolean upstream) {
    this.source = source;
    this.upstream = upstream;
  }

  /** A stage that may not lower the strictness of a mode. */
  public static ParamMerge from(ParamSource source) {
    return new ParamMerge(source, false);
  }

  /**
   * A stage of params from a parent: the stricter of two modes holds, and nobody is told; a map
   * takes the place of a map, whatever entries it had (decisions, the tree).
   */
  public static ParamMerge fromUpstream(ParamSource source) {
    return new ParamMerge(source, true);
  }

  /** What came of a stage. */
  public sealed interface Merged {
    /** The order is that of the base, then what is new. */
    record Params(Map<String, ParamDefinition> params) implements Merged {
      public Params {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
      }
    }

    record Refused(ParamFailure failure) implements Merged {}
  }

  /** {@code base} with {@code given} over it. */
  public Merged over(Map<String, ParamDefinition> base, Map<String, ParamDefinition> given) {
    return over(base, given, Map.of());
  }

  /**
   * {@code base} with {@code given} over it.
   *
   * @param builtIn those of the scope; one that the base has not, because it has no value yet, says
   *     type and mode all the same
   */
  Merged over(
      Map<String, ParamDefinition> base,
      Map<String, ParamDefinition> given,
      Map<String, BuiltInParam> builtIn) {
    try {
      base.forEach(ParamMerge::requireShallow);
      given.forEach(ParamMerge::requireShallow);
      Map<String, ParamDefinition> start = new LinkedHashMap<>(base);
      given.forEach(
          (name, param) -> {
            BuiltInParam open = builtIn.get(name);
            if (open != null && !base.containsKey(name)) {
              start.put(name, opened(open, param));
            }
          });
      return new Merged.Params(inOrder(base, given, merge("", start, given, ParamMode.MUTABLE)));
    } catch (Refusal refusal) {
      return new Merged.Refused(refusal.failure);
    }
  }

  /**
   * A step's params updated by what its worker gave: only names that the step defines, and only
   * MUTABLE ones. A map keeps the entries that are not given.
   */
  public static Merged outputs(
      Map<String, ParamDefinition> params, Map<String, ParamValue> outputs) {
    Map<String, ParamDefinition> given = new LinkedHashMap<>();
    for (Map.Entry<String, ParamValue> output : outputs.entrySet()) {
      ParamDefinition base = params.get(output.getKey());
      if (base == null) {
        return new Merged.Refused(
            ParamFailure.of(
                output.getKey(),
                ParamFault.UNKNOWN_NAME,
                "Expected output '"
                    + output.getKey()
                    + "' to be a param of the step, but it defines none."));
      }
      if (base.mode() != ParamMode.MUTABLE) {
        return new Merged.Refused(
            ParamFailure.of(
                output.getKey(),
                ParamFault.MODE,
                "Expected output '"
                    + output.getKey()
                    + "' to be MUTABLE, but its mode is "
                    + base.mode()
                    + "."));
      }
      given.put(output.getKey(), ParamDefinition.literal(output.getValue()));
    }
    return from(ParamSource.OUTPUT_PARAMETER).over(params, given);
  }

  private Map<String, ParamDefinition> merge(
      String path,
      Map<String, ParamDefinition> base,
      Map<String, ParamDefinition> given,
      ParamMode around) {
    Map<String, ParamDefinition> merged = new LinkedHashMap<>(base);
    given.forEach(
        (name, param) -> {
          ParamDefinition old = base.get(name);
          merged.put(
              name,
              old == null
                  ? added(path + name, param, around)
                  : changed(path + name, old, param, around));
        });
    return merged;
  }

  private static Map<String, ParamDefinition> inOrder(
      Map<String, ParamDefinition> base,
      Map<String, ParamDefinition> given,
      Map<String, ParamDefinition> merged) {
    Map<String, ParamDefinition> inOrder = new LinkedHashMap<>(base);
    inOrder.putAll(given);
    inOrder.putAll(merged);
    return inOrder;
  }

  /** A built-in param with the first value it is given, of its own type and mode. */
  private ParamDefinition opened(BuiltInParam open, ParamDefinition given) {
    requireChangeable(open.name(), open.mode());
    return marked(open.with(converted(open.name(), open.type(), given)), open.mode());
  }

  private static void requireShallow(String name, ParamDefinition param) {
    ParamLimits.refuseDepth(name, param)
        .ifPresent(
            failure -> {
              throw new Refusal(failure);
            });
  }

  private ParamDefinition added(String name, ParamDefinition param, ParamMode around) {
    requireChangeable(name, around);
    ParamDefinition heard =
        new ParamDefinition(
            param.type(),
            param.content(),
            param.mode(),
            param.validator(),
            param.tags(),
            noted(Notes.NONE, param.meta()));
    return marked(heard, stricter(param.mode(), around));
  }

  private ParamDefinition changed(
      String name, ParamDefinition base, ParamDefinition given, ParamMode around) {
    ParamMode mode = stricter(base.mode(), around);
    ParamContent content = converted(name, base.type(), given);
    boolean same = content.equals(base.content());
    if (!same && !isMap(base.type())) {
      requireChangeable(name, mode);
    }
    if (given.mode().compareTo(mode) < 0 && lowers(given, base)) {
      throw refuse(
          name,
          ParamFault.MODE,
          "Expected '"
              + name
              + "' to stay "
              + mode
              + " or become stricter, but it is given as "
              + given.mode()
              + ".");
    }
    ParamMode newMode = stricter(mode, given.mode());
    ParamContent merged = same ? content : together(name, base, content, mode);
    ParamDefinition result =
        new ParamDefinition(
            base.type(),
            merged,
            newMode,
            given.validator() == null ? base.validator() : given.validator(),
            united(base.tags(), given.tags()),
            noted(base.meta(), given.meta()));
    return same ? result : marked(result, newMode);
  }

  /** A mode that was left out reads as MUTABLE, which asks for nothing. */
  private boolean lowers(ParamDefinition given, ParamDefinition base) {
    return !upstream
        && !source.isSystem()
        && given.mode() != ParamMode.MUTABLE
        && given.mode().compareTo(base.mode()) < 0;
  }

  private static ParamContent converted(String name, ParamType type, ParamDefinition given) {
    if (given.content() instanceof ParamContent.Computed) {
      return given.content();
    }
    Coercion.Coerced coerced = Coercion.of(given.literal(), type);
    if (coerced instanceof Coercion.Coerced.Fit fit) {
      return new ParamContent.Literal(fit.value());
    }
    throw refuse(
        name,
        ParamFault.TYPE,
        "Expected '" + name + "' to be " + type + ", but it is given as " + given.type() + ".");
  }

  private ParamContent together(
      String name, ParamDefinition base, ParamContent given, ParamMode mode) {
    if (!isMap(base.type())) {
      return given;
    }
    if (upstream) {
      requireChangeable(name, strictest(base, mode));
      return given;
    }
    boolean computed = base.content() instanceof ParamContent.Computed;
    if (computed != given instanceof ParamContent.Computed) {
      throw refuse(
          name,
          ParamFault.TYPE,
          "Expected two literals to make one map of '"
              + name
              + "', but one of them is an expression.");
    }
    if (computed) {
      requireChangeable(name, mode);
      return given;
    }
    ParamValue value = ((ParamContent.Literal) given).value();
    if (base.literal() instanceof ParamValue.MapOfParams old) {
      Map<String, ParamDefinition> inner = ((ParamValue.MapOfParams) value).value();
      return new ParamContent.Literal(
          new ParamValue.MapOfParams(merge(name + ".", old.value(), inner, mode)));
    }
    requireChangeable(name, mode);
    Map<String, String> texts =
        new LinkedHashMap<>(((ParamValue.StringMap) base.literal()).value());
    texts.putAll(((ParamValue.StringMap) value).value());
    return new ParamContent.Literal(new ParamValue.StringMap(texts));
  }

  private void requireChangeable(String name, ParamMode mode) {
    if (!source.mayChange(mode)) {
      throw refuse(
          name,
          ParamFault.MODE,
          "Expected '"
              + name
              + "' to be left alone by "
              + source
              + ", but its mode is "
              + mode
              + " and it is changed.");
    }
  }

  private ParamDefinition marked(ParamDefinition param, ParamMode mode) {
    return marked(
        new ParamDefinition(
            param.type(), param.content(), mode, param.validator(), param.tags(), param.meta()),
        source);
  }

  /** The param with a note of who gave it. */
  static ParamDefinition marked(ParamDefinition param, ParamSource source) {
    Map<String, Object> notes = new LinkedHashMap<>(param.meta().fields());
    notes.put(SOURCE, source.name());
    return new ParamDefinition(
        param.type(),
        param.content(),
        param.mode(),
        param.validator(),
        param.tags(),
        new Notes(notes));
  }

  /** What the engine notes is not for others to say. */
  private Notes noted(Notes base, Notes given) {
    if (given.isEmpty()) {
      return base;
    }
    Map<String, Object> notes = new LinkedHashMap<>(base.fields());
    given
        .fields()
        .forEach(
            (name, note) -> {
              boolean ours = name.equals(SOURCE) || name.equals(BuiltInParam.INTERNAL_MODE);
              if (!ours || source.isSystem()) {
                notes.put(name, note);
              }
            });
    return new Notes(notes);
  }

  private static List<Tag> united(List<Tag> base, List<Tag> given) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    base.forEach(tag -> tags.put(tag.name(), tag));
    given.forEach(tag -> tags.put(tag.name(), tag));
    return List.copyOf(tags.values());
  }

  private static boolean isMap(ParamType type) {
    return type == ParamType.MAP || type == ParamType.STRING_MAP;
  }

  /** The strictest mode of a param and of all that is in it. */
  private static ParamMode strictest(ParamDefinition param, ParamMode around) {
    ParamMode mode = stricter(param.mode(), around);
    if (param.expression().isEmpty() && param.literal() instanceof ParamValue.MapOfParams map) {
      for (ParamDefinition inner : map.value().values()) {
        mode = strictest(inner, mode);
      }
    }
    return mode;
  }

  private static ParamMode stricter(ParamMode one, ParamMode other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Refusal refuse(String name, ParamFault fault, String message) {
    return new Refusal(ParamFailure.of(name, fault, message));
  }

  /** How a refusal gets out of nested maps; it never leaves this class. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ParamFailure failure;

    private Refusal(ParamFailure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }
  }
}
