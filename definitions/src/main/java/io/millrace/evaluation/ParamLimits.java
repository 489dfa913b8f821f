package io.millrace.evaluation;

import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.value.Values;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Map;
import java.util.Optional;

/**
 * How much params may be (Maestro semantics 4.5).
 *
 * @param maxChars characters of the JSON object <code>{"name":value,...}</code> of all evaluated
 *     params of a workflow or a step, inclusive
 * @param maxRunParams entries of the run params of one start, inclusive
 * @param expressions of each expression
 */
public record ParamLimits(int maxChars, int maxRunParams, ExpressionLimits expressions) {
  public static final ParamLimits DEFAULT = new ParamLimits(750_000, 128, ExpressionLimits.DEFAULT);

  /** MAPs in MAPs, inclusive; the same as for the maps of expressions. */
  public static final int MAX_MAP_DEPTH = Values.MAX_DEPTH;

  /** Why a param cannot be walked through; empty if it can. */
  static Optional<ParamFailure> refuseDepth(String name, ParamDefinition param) {
    return isDeeper(param, MAX_MAP_DEPTH)
        ? Optional.of(
            ParamFailure.of(
                name,
                ParamFault.LIMIT,
                "Expected '"
                    + name
                    + "' to be maps at most "
                    + MAX_MAP_DEPTH
                    + " levels deep, but one is deeper."))
        : Optional.empty();
  }

  private static boolean isDeeper(ParamDefinition param, int levels) {
    return param.expression().isEmpty()
        && param.literal() instanceof ParamValue.MapOfParams map
        && (levels == 0
            || map.value().values().stream().anyMatch(inner -> isDeeper(inner, levels - 1)));
  }

  /** Why these cannot be the params of a start or restart; empty if they can. */
  public Optional<ParamFailure> refuseRunParams(Map<String, ParamDefinition> runParams) {
    if (runParams.size() > maxRunParams) {
      String first = runParams.keySet().stream().skip(maxRunParams).findFirst().orElseThrow();
      return Optional.of(
          ParamFailure.of(
              first,
              ParamFault.LIMIT,
              "Expected at most "
                  + maxRunParams
                  + " run params, but there are "
                  + runParams.size()
                  + "."));
    }
    return runParams.keySet().stream()
        .filter(ReservedNames::contains)
        .findFirst()
        .map(
            name ->
                ParamFailure.of(
                    name,
                    ParamFault.RESERVED,
                    "Expected run param '" + name + "' to have a free name, but it is reserved."));
  }
}
