package io.millrace.bench.language;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;

/** The same said in CEL, type-checked and made ready once. */
final class CelExpression implements Work {
  private final String text;
  private final CelRuntime.Program program;
  private final List<CelVariableResolver> inputs;

  private CelExpression(String text, CelRuntime.Program program, Inputs inputs) {
    this.text = text;
    this.program = program;
    this.inputs = inputs.resolvers();
  }

  /** By the interpreter that {@code dev.cel} has had from the start. */
  static CelExpression legacy(String text, Inputs inputs) {
    return compile(CelFactory.legacyCelBuilder(), text, inputs);
  }

  /** By its newer one, which plans a program before it runs. */
  static CelExpression planned(String text, Inputs inputs) {
    return compile(CelFactory.plannerCelBuilder(), text, inputs);
  }

  private static CelExpression compile(CelBuilder builder, String text, Inputs inputs) {
    Cel cel =
        builder
            .addVar("param2", SimpleType.INT)
            .addVar("total", SimpleType.INT)
            .addVar("retries", SimpleType.INT)
            .addVar("state", SimpleType.STRING)
            .addVar("rate", SimpleType.DOUBLE)
            .addVar("force", SimpleType.BOOL)
            .addVar("sizes", ListType.create(SimpleType.INT))
            .addVar("labels", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .build();
    try {
      return new CelExpression(text, cel.createProgram(cel.compile(text).getAst()), inputs);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "Expected '%s' to be an expression of CEL, but it is none.".formatted(text), e);
    }
  }

  @Override
  public Object repeat(int times) {
    Object last = program;
    for (int i = 0; i < times; i++) {
      last = evaluate(i & Inputs.SETS - 1);
    }
    return last;
  }

  private Object evaluate(int set) {
    try {
      return program.eval(inputs.get(set));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(
          "Expected '%s' to have a result in CEL, but it failed.".formatted(text), e);
    }
  }

  /** The result with one set of inputs, as text. */
  String result(int set) {
    return String.valueOf(evaluate(set));
  }
}
